// See error_chart.h.
#include "engine/report/error_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/report/figures.h"
#include "index/pair/hearing.h"

namespace echofold {
namespace {

constexpr int steps = 10;           // heights: neighbours of one height are one piece of the path
constexpr int top = 3;              // room for the marks of spans
constexpr double least_span = 1.2;  // columns: a click must stay visible

/// 1 for no errors: a thin line shows that both were compared.
int height_of(double rate) {
  return std::clamp(1 + static_cast<int>(std::lround(rate / full_error * (steps - 1))), 1, steps);
}

/// The outline of each run of compared columns: "M3 13V11H7V12H9V13z".
std::string path_of(const std::vector<double>& columns) {
  constexpr int bottom = top + steps;
  std::string path;
  for (std::size_t i = 0; i < columns.size();) {
    if (columns[i] == ErrorStrip::not_compared) {
      ++i;
      continue;
    }
    path += fmt::format("M{} {}", i, bottom);
    while (i < columns.size() && columns[i] != ErrorStrip::not_compared) {
      const int height = height_of(columns[i]);
      while (i < columns.size() && columns[i] != ErrorStrip::not_compared && height_of(columns[i]) == height)
        ++i;
      path += fmt::format("V{}H{}", bottom - height, i);
    }
    path += fmt::format("V{}z", bottom);
  }
  return path;
}

std::string spans_of(const ErrorStrip& strip, const Heard& heard) {
  std::string text;
  const auto place = [&](double at_s) { return (at_s - strip.begin_s) / strip.column_s(); };
  for (const HeardBurst& burst : heard.bursts) {
    if (burst.strength <= HearingThresholds{}.burst_strength) continue;
    const double from = place(burst.start_s);
    const double width = std::max(least_span, place(burst.start_s + burst.length_s) - from);
    text += fmt::format("<path class=\"heard\" d=\"M{:.1f} 0h{:.1f}v{}h-{:.1f}z\"/>", from, width,
                        top + steps, width);
  }
  return text;
}

}  // namespace

const std::string_view error_chart_defs =
    "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"defs\"><defs><linearGradient id=\"e\" "
    "gradientUnits=\"userSpaceOnUse\" x1=\"0\" y1=\"13\" x2=\"0\" y2=\"3\"><stop offset=\"0\" class=\"e0\"/>"
    "<stop offset=\".2\" class=\"e1\"/><stop offset=\".45\" class=\"e2\"/><stop offset=\".8\" class=\"e3\"/>"
    "</linearGradient></defs></svg>\n";

std::string error_text(const ErrorStrip& strip) {
  const double mean = strip.mean();
  if (mean == ErrorStrip::not_compared) return "nothing was compared";
  const auto worst = std::max_element(strip.columns.begin(), strip.columns.end());
  const double at_s = strip.start_of(static_cast<std::size_t>(worst - strip.columns.begin()));
  return fmt::format("bit errors {:.0f} %, at most {:.0f} % at {}", 100 * mean, 100 * *worst,
                     at_s < 1 ? "0:00" : clock_time(at_s));
}

std::string error_chart(const ErrorStrip& strip, const std::optional<Heard>& heard) {
  if (strip.columns.empty()) return {};
  return fmt::format(
      "<svg class=\"errors\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\">"
      "<title>{}</title><path d=\"{}\"/>{}</svg>",
      strip.columns.size(), top + steps, error_text(strip), path_of(strip.columns),
      heard ? spans_of(strip, *heard) : "");
}

}  // namespace echofold
