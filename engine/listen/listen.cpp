// Reads both files in step: heads, the exact offset, then frame by frame to the end of the shorter one.
#include "engine/listen/listen.h"

#include <algorithm>
#include <cmath>

#include "engine/listen/line_up.h"
#include "engine/listen/sample_queue.h"

namespace echofold {
namespace {

constexpr double part_s = 600, margin_s = 0.3;
constexpr int lowest_rate_hz = 8000, highest_rate_hz = 48'000, usual_rate_hz = 44'100;
constexpr std::size_t tries = 8;

/// The lower of both rates: nothing above it can be compared.
int common_rate(const StereoReader& a, const StereoReader& b) {
  const auto known = [](int rate_hz) { return rate_hz > 0 ? rate_hz : usual_rate_hz; };
  return std::clamp(std::min(known(a.source_rate_hz()), known(b.source_rate_hz())), lowest_rate_hz,
                    highest_rate_hz);
}

class Listener {
 public:
  Listener(StereoReader& a, StereoReader& b, const ListenSettings& settings)
      : rate_hz_(common_rate(a, b)), bands_(rate_hz_), maker_(bands_), a_(a), b_(b) {
    a.convert_to(rate_hz_);
    b.convert_to(rate_hz_);
    result_.rate_hz = rate_hz_;
    expected_ = std::llround(settings.offset_s * rate_hz_);
  }

  ListenResult run(const std::function<void(const HeardPart&)>& on_part) {
    line_up();
    part_begin_s_ = time_in_a();
    while (add_frame())
      if (static_cast<double>(table_.frames()) >= part_s * bands_.frames_per_s()) give(on_part);
    if (table_.frames() > 0) give(on_part);
    return result_;
  }

 private:
  double time_in_a() const { return static_cast<double>(a_.position()) / rate_hz_; }

  static void skip(SampleQueue& queue, std::ptrdiff_t samples) {
    while (samples > 0) {
      if (queue.peek(1).empty()) return;
      samples -= static_cast<std::ptrdiff_t>(queue.drop(static_cast<std::size_t>(samples)));
    }
  }

  /// Leaves both queues at the same moment of the music.
  void line_up() {
    const auto margin = static_cast<std::ptrdiff_t>(margin_s * rate_hz_);
    skip(a_, expected_ - margin);
    skip(b_, -expected_ - margin);
    // b[i] is expected at a[i + delay] of what is left
    const std::ptrdiff_t delay =
        expected_ - static_cast<std::ptrdiff_t>(a_.position()) + static_cast<std::ptrdiff_t>(b_.position());
    const std::ptrdiff_t found = search(delay, margin);
    skip(a_, found);
    skip(b_, -found);
    result_.offset_s = (static_cast<double>(a_.position()) - static_cast<double>(b_.position())) / rate_hz_;
  }

  std::ptrdiff_t search(std::ptrdiff_t delay, std::ptrdiff_t margin) {
    LineUp line_up;
    const auto reach = static_cast<std::size_t>(std::abs(delay) + margin);
    std::optional<Delay> best;
    for (std::size_t i = 0; i < tries && (!best || best->height < 0.5F); ++i) {
      const std::size_t from = i * LineUp::block_samples;
      const auto a = a_.peek(from + LineUp::block_samples), b = b_.peek(from + LineUp::block_samples);
      if (std::min(a.size(), b.size()) <= from) break;
      const auto found = line_up.find(a.subspan(from), b.subspan(from), reach);
      if (found && (!best || found->height > best->height)) best = found;
    }
    result_.lined_up = best.has_value();
    result_.line_up_height = best ? best->height : 0;
    return best ? best->samples : delay;
  }

  bool add_frame() {
    const auto a = a_.peek(bands_.window), b = b_.peek(bands_.window);
    if (std::min(a.size(), b.size()) < bands_.window) return false;
    maker_.add(a.first(bands_.window), b.first(bands_.window), table_);
    a_.drop(bands_.hop);
    b_.drop(bands_.hop);
    return true;
  }

  void give(const std::function<void(const HeardPart&)>& on_part) {
    result_.compared_s += static_cast<double>(table_.frames()) / bands_.frames_per_s();
    on_part({part_begin_s_, bands_.frames_per_s(), differences(table_, bands_)});
    table_.cells.clear();
    part_begin_s_ = time_in_a();
  }

  int rate_hz_;
  ListenBands bands_;
  CellMaker maker_;
  SampleQueue a_, b_;
  std::ptrdiff_t expected_ = 0;
  CellTable table_;
  double part_begin_s_ = 0;
  ListenResult result_;
};

}  // namespace

ListenResult listen(StereoReader& a, StereoReader& b, const ListenSettings& settings,
                    const std::function<void(const HeardPart&)>& on_part) {
  return Listener(a, b, settings).run(on_part);
}

}  // namespace echofold
