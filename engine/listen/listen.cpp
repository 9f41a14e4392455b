// Reads both files in step: heads, the exact offset, then frame by frame to the end of the shorter one.
#include "engine/listen/listen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/audio/stereo_reader.h"
#include "engine/listen/dynamics_tally.h"
#include "engine/listen/heard_tally.h"
#include "engine/listen/line_up.h"
#include "engine/listen/sample_difference.h"
#include "engine/listen/sample_queue.h"
#include "engine/listen/speed_finder.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr double part_s = 600;  // what is in memory at a time: some 30 MB of cells
// What follows a part: some frames say too little about equaliser and limits.
constexpr double shortest_part_s = 30;
// The fingerprints' offset is right to a tenth of a second, in slow music to half a second.
constexpr double margin_s = 0.7;
// At another speed, find_speed() has found the place already: another repeat of the music must not win.
constexpr double found_margin_s = 0.05;
constexpr int lowest_rate_hz = 8000, highest_rate_hz = 48'000, usual_rate_hz = 44'100;
constexpr std::size_t line_up_tries = 8;
constexpr float sure_height = 0.5F;         // of the peak of a delay: no further block is needed,
constexpr double expected_within_s = 0.15;  // if it is where the fingerprints say
constexpr double audible_power = 1e-6;      // -60 dB from full scale
constexpr double end_block_s = 0.1;

/// The lower of both rates: nothing above it can be compared.
int common_rate(const StereoReader& a, const StereoReader& b) {
  const auto known = [](int rate_hz) { return rate_hz > 0 ? rate_hz : usual_rate_hz; };
  return std::clamp(std::min(known(a.source_rate_hz()), known(b.source_rate_hz())), lowest_rate_hz,
                    highest_rate_hz);
}

/// Whether both decode to left and right at this rate, so that their samples can be compared as they are.
bool have_samples_of(int rate_hz, const StereoReader& a, const StereoReader& b) {
  for (const StereoReader* reader : {&a, &b}) {
    const int channels = reader->source_channels();
    if (reader->source_rate_hz() != rate_hz || channels < 1 || channels > 2) return false;
  }
  return true;
}

bool is_audible(std::span<const MidSide> samples) {
  double power = 0;
  for (const MidSide& sample : samples)
    power += static_cast<double>(sample.mid) * sample.mid + static_cast<double>(sample.side) * sample.side;
  return power > audible_power * static_cast<double>(samples.size());
}

/// The delay that most blocks agree on. A loop has another delay in each block, the right one is the same in all.
std::optional<Delay> agreed(const std::vector<Delay>& found) {
  constexpr std::ptrdiff_t same = 2;
  const auto votes = [&](const Delay& delay) {
    float sum = 0;
    for (const Delay& other : found)
      if (std::abs(other.samples - delay.samples) <= same) sum += other.height;
    return sum;
  };
  std::optional<Delay> best;
  for (const Delay& delay : found)
    if (!best || votes(delay) > votes(*best)) best = delay;
  return best;
}

class Listener {
 public:
  Listener(StereoReader& a, StereoReader& b, const ListenSettings& settings)
      : rate_hz_(common_rate(a, b)),
        margin_s_(settings.speed == 1 ? margin_s : found_margin_s),
        bands_(rate_hz_),
        maker_(bands_),
        tally_(bands_),
        dynamics_(rate_hz_),
        a_(a),
        b_(b),
        expected_(std::llround(settings.offset_s * rate_hz_)) {
    if (have_samples_of(rate_hz_, a, b)) samples_.emplace(bands_);
    a.convert_to(rate_hz_);
    b.convert_to(rate_hz_, settings.speed);
    heard_.rate_hz = static_cast<std::uint32_t>(rate_hz_);
    // Memory that is not used costs nothing; moving what is there to where there is more does.
    table_.cells.reserve(static_cast<std::size_t>(part_s * bands_.frames_per_s()) * listen_channels *
                         bands_.count());
  }

  Heard run() {
    line_up();
    part_begin_s_ = time_in_a();
    while (add_frame())
      if (static_cast<double>(table_.frames()) >= part_s * bands_.frames_per_s() && has_another_part())
        end_part(false);
    if (table_.frames() > 0) end_part(true);
    heard_.tail_a_s = audible_s(a_, everything);
    heard_.tail_b_s = audible_s(b_, everything);
    tally_.fill(heard_);
    dynamics_.fill(heard_);
    if (samples_) samples_->fill(heard_);
    return heard_;
  }

 private:
  static constexpr std::ptrdiff_t everything = std::numeric_limits<std::ptrdiff_t>::max();

  double time_in_a() const { return static_cast<double>(a_.position()) / rate_hz_; }

  /// Uses up to `samples` of the queue. @return how many seconds of them are audible
  double audible_s(SampleQueue& queue, std::ptrdiff_t samples) const {
    const auto block = static_cast<std::ptrdiff_t>(end_block_s * rate_hz_);
    double audible = 0;
    while (samples > 0) {
      const auto ahead = queue.peek(static_cast<std::size_t>(block));
      const auto count =
          static_cast<std::size_t>(std::min({samples, block, static_cast<std::ptrdiff_t>(ahead.size())}));
      if (count == 0) break;
      if (is_audible(ahead.first(count))) audible += static_cast<double>(count) / rate_hz_;
      queue.drop(count);
      samples -= static_cast<std::ptrdiff_t>(count);
    }
    return audible;
  }

  /// Leaves both queues at the same moment of the music.
  void line_up() {
    const auto margin = static_cast<std::ptrdiff_t>(margin_s_ * rate_hz_);
    heard_.head_a_s = audible_s(a_, expected_ - margin);
    heard_.head_b_s = audible_s(b_, -expected_ - margin);
    // b[i] is expected at a[i + delay] of what is left
    const std::ptrdiff_t delay =
        expected_ - static_cast<std::ptrdiff_t>(a_.position()) + static_cast<std::ptrdiff_t>(b_.position());
    const std::ptrdiff_t found = best_delay(delay, margin);
    heard_.head_a_s += audible_s(a_, found);
    heard_.head_b_s += audible_s(b_, -found);
    heard_.offset_s = (static_cast<double>(a_.position()) - static_cast<double>(b_.position())) / rate_hz_;
  }

  /// Both are looked at from where they should meet: there all of a block overlaps. Of a loop, which fits at every
  /// repeat, the right one then overlaps most.
  std::ptrdiff_t best_delay(std::ptrdiff_t expected, std::ptrdiff_t margin) {
    const auto skip_a = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, expected));
    const auto skip_b = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, -expected));
    LineUp line_up;
    std::vector<Delay> found;
    for (std::size_t i = 0; i < line_up_tries; ++i) {
      const std::size_t from = i * LineUp::block_samples, end = from + LineUp::block_samples;
      const auto a = a_.peek(skip_a + end), b = b_.peek(skip_b + end);
      if (a.size() <= skip_a + from || b.size() <= skip_b + from) break;
      const auto delay =
          line_up.find(a.subspan(skip_a + from), b.subspan(skip_b + from), static_cast<std::size_t>(margin));
      if (!delay) continue;
      const bool is_sure =
          delay->height >= sure_height && std::abs(delay->samples) <= expected_within_s * rate_hz_;
      if (is_sure) found.clear();  // what other repeats of a loop looked like
      found.push_back(*delay);
      if (is_sure) break;
    }
    const auto best = agreed(found);
    heard_.lined_up = best.has_value();
    return expected + (best ? best->samples : 0);
  }

  bool add_frame() {
    const auto a = a_.peek(bands_.window), b = b_.peek(bands_.window);
    if (std::min(a.size(), b.size()) < bands_.window) return false;
    maker_.add(a.first(bands_.window), b.first(bands_.window), table_);
    dynamics_.add(a.first(bands_.hop), b.first(bands_.hop));
    if (samples_) samples_->add(a.first(bands_.window), b.first(bands_.window));
    a_.drop(bands_.hop);
    b_.drop(bands_.hop);
    return true;
  }

  bool has_another_part() {
    const auto samples = static_cast<std::size_t>(shortest_part_s * rate_hz_);
    return std::min(a_.peek(samples).size(), b_.peek(samples).size()) >= samples;
  }

  void end_part(bool is_last) {
    tally_.add(table_, part_begin_s_, is_last);
    table_.cells.clear();
    part_begin_s_ = time_in_a();
  }

  int rate_hz_;
  double margin_s_;
  ListenBands bands_;
  CellMaker maker_;
  HeardTally tally_;
  DynamicsTally dynamics_;
  std::optional<SampleDifference> samples_;
  SampleQueue a_, b_;
  std::ptrdiff_t expected_;
  CellTable table_;
  double part_begin_s_ = 0;
  Heard heard_;
};

}  // namespace

Heard listen(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
             const std::stop_token& stop) {
  const auto open = [&](const ListenFile& file) {
    return file.is_pipe ? StereoReader::of_pipe(file.fd) : StereoReader(file.fd, file.extension, stop);
  };
  ListenSettings exact = settings;
  if (settings.speed != 1) {
    if (a.is_pipe || b.is_pipe) throw Error(Fault::unsupported, "a pipe can't be read twice");
    StereoReader reader_a = open(a), reader_b = open(b);
    const auto found = find_speed(reader_a, reader_b, {settings.offset_s, settings.speed});
    if (!found) return {};
    exact = {found->offset_s, found->speed};
  }
  StereoReader reader_a = open(a), reader_b = open(b);
  Heard heard = Listener(reader_a, reader_b, exact).run();
  heard.speed = exact.speed;
  return heard;
}

}  // namespace echofold
