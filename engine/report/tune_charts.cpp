// See tune_charts.h.
#include "engine/report/tune_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/report/similarity_axis.h"
#include "engine/report/svg.h"

namespace echofold {
namespace {

// The places of the plots in their charts, in SVG units.
constexpr double plot_left = 52, plot_top = 14, curve_width = 640, curve_height = 260;
constexpr double bars_width = 640, bars_height = 90;

/// Precision over recall; the axis of precision begins just below the lowest value shown.
class CurvePlot {
 public:
  explicit CurvePlot(const TuneResult& result) : result_(result) {
    double worst = 1;
    for (const SweepRow& row : result.automatic.rows) worst = std::min(worst, precision(row.moved));
    for (const SweepRow& row : result.review.rows) worst = std::min(worst, precision(row.shown));
    for (const double start : {0.5, 0.8, 0.9, 0.95, 0.98, 0.99})
      if (start < worst) floor_ = start;
  }

  std::string axes() const {
    std::string out;
    for (int i = 0; i <= 5; ++i) {
      const double y = floor_ + (1 - floor_) * i / 5;
      out += svg_line("grid", x_of(0), y_of(y), x_of(1), y_of(y)) +
             svg_text(plot_left - 8, y_of(y) + 4, "end", fmt::format("{:g} %", std::round(1000 * y) / 10));
      const double x = i / 5.0;
      out += svg_line("grid", x_of(x), y_of(floor_), x_of(x), y_of(1)) +
             svg_text(x_of(x), y_of(floor_) + 18, "middle", fmt::format("{:.0f} %", 100 * x));
    }
    return out + svg_text(x_of(0.5), y_of(floor_) + 36, "middle", "recall") +
           svg_text(x_of(0) + 6, y_of(1) + 14, "start", "precision");
  }

  std::string curve(const char* kind, const Sweep& sweep, LabelCounts SweepRow::*found) const {
    std::string points, dots;
    for (const SweepRow& row : sweep.rows) {
      const double x = x_of(recall(row.*found, sweep.all)), y = y_of(precision(row.*found));
      points += fmt::format("{:.2f},{:.2f} ", x, y);
      dots += fmt::format("<circle class=\"{}\" cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"2.2\"/>", kind, x, y);
    }
    return fmt::format("<polyline class=\"{}\" points=\"{}\"/>", kind, points) + dots;
  }

  std::string mark(const char* kind, const Sweep& sweep, LabelCounts SweepRow::*found, double value,
                   const char* word, double dy) const {
    const LabelCounts& counts = sweep.at(value).*found;
    const double x = x_of(recall(counts, sweep.all)), y = y_of(precision(counts));
    const bool right = x > plot_left + curve_width / 2;
    return fmt::format("<circle class=\"mark {}\" cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"5.5\"/>", kind, x, y) +
           svg_text(right ? x - 10 : x + 10, y + dy, right ? "end" : "start",
                    fmt::format("{:g}{}", value, word));
  }

  std::string marks() const {
    const double in_use = result_.settings.match.join.thresholds.auto_similarity;
    const Thresholds& to = result_.recommended;
    std::string out;
    if (in_use != to.auto_similarity)
      out += mark("in-use", result_.automatic, &SweepRow::moved, in_use, " in use", 38);
    return out + mark("moved", result_.automatic, &SweepRow::moved, to.auto_similarity, " auto", 22) +
           mark("shown", result_.review, &SweepRow::shown, to.review_similarity, " review", 38);
  }

 private:
  static double x_of(double share) { return plot_left + share * curve_width; }
  double y_of(double share) const { return plot_top + (1 - share) / (1 - floor_) * curve_height; }

  const TuneResult& result_;
  double floor_ = 0;
};

constexpr SimilarityAxis axis{plot_left, bars_width, plot_top + bars_height};

std::string threshold_line(const char* kind, double similarity) {
  const double x = axis.x_of(1 - similarity);
  return svg_line(kind, x, plot_top - 4, x, plot_top + bars_height);
}

const char* kind_of(std::uint8_t window, const Thresholds& thresholds) {
  if (window == strip_unknown) return "unknown";
  const double ber = strip_ber(window);
  if (ber <= thresholds.auto_window_ber) return "clean";
  if (ber <= thresholds.window_ber) return "fair";
  return ber <= thresholds.foreign_ber ? "altered" : "foreign";
}

}  // namespace

std::string precision_recall_chart(const TuneResult& result) {
  const CurvePlot plot(result);
  std::string inside = plot.axes();
  if (result.automatic.all.same() > 0)
    inside += plot.curve("shown", result.review, &SweepRow::shown) +
              plot.curve("moved", result.automatic, &SweepRow::moved) + plot.marks();
  return svg_chart("curve", plot_left + curve_width + 30, plot_top + curve_height + 48,
                   "precision over recall", inside);
}

std::string similarity_histogram(const TuneResult& result, Label label) {
  std::array<std::uint64_t, SimilarityAxis::bins> counts{};
  for (const MeasuredPair& pair : result.measured.pairs)
    if (pair.label == label) ++counts[SimilarityAxis::bin_of(pair.evidence.corrected_ber)];
  const std::uint64_t most = *std::max_element(counts.begin(), counts.end());
  constexpr double width = axis.bin_width();
  std::string inside = axis.drawn();
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    if (counts[bin] == 0) continue;
    // A single pair among thousands must stay visible.
    const double height =
        std::max(2.0, bars_height * static_cast<double>(counts[bin]) / static_cast<double>(most));
    inside += svg_rect(name_of(label), plot_left + width * static_cast<double>(bin),
                       plot_top + bars_height - height, width - 1, height, std::to_string(counts[bin]));
  }
  if (most > 0) inside += svg_text(plot_left - 8, plot_top + 8, "end", fmt::format("{}", most));
  inside += threshold_line("at-auto", result.recommended.auto_similarity) +
            threshold_line("at-review", result.recommended.review_similarity);
  return svg_chart("bars", plot_left + bars_width + 30, plot_top + bars_height + 24,
                   fmt::format("similarity of the pairs labelled {}", name_of(label)), inside);
}

std::string strip_chart(const Evidence& evidence, const Thresholds& thresholds) {
  std::string inside;
  const auto& strip = evidence.strip;
  for (std::size_t begin = 0, end = 0; begin < strip.size(); begin = end) {
    const char* kind = kind_of(strip[begin], thresholds);
    while (end < strip.size() && std::string_view(kind_of(strip[end], thresholds)) == kind) ++end;
    inside += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"1\"/>", kind, begin,
                          end - begin);
  }
  return fmt::format(
      "<svg class=\"strip\" viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"error along the "
      "overlap\">{}</svg>",
      std::max<std::size_t>(1, strip.size()), inside);
}

}  // namespace echofold
