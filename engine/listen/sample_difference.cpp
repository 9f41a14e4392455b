// Compares left and right in steps of 16 bits; every eighth frame shows how many bits its sound needs.
#include "engine/listen/sample_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/listen/window.h"

namespace echofold {
namespace {

constexpr float full_scale = 32768;  // steps of 16 bits
constexpr double most_steps = 2;     // dither moves a sample by 1.5, and decoders differ by less than .5
// Rounding: at most half a step, .289 on the root mean square; decoders differ by .1.
constexpr double most_rounded = 0.65;
constexpr double least_rounded_rms = 0.26, most_rounded_rms = 0.32;
constexpr double least_rms = 0.005;  // the rounding of 24 bits, and of a decoder
constexpr std::size_t estimate_every = 8;
constexpr std::size_t unequal_for_sure = 43;  // frames, one second

/// Of one frame, in steps.
struct Steps {
  double left_rms = 0, right_rms = 0;
  double largest = 0;

  double rms() const noexcept { return std::sqrt((left_rms * left_rms + right_rms * right_rms) / 2); }
};

Steps difference_of(std::span<const MidSide> a, std::span<const MidSide> b) noexcept {
  constexpr std::size_t lanes = 8;
  std::array<float, lanes> of_left{}, of_right{}, largest{};
  // What is not a number becomes one.
  const auto clipped = [](float sample) { return sample > -1 ? (sample < 1 ? sample : 1) : -1; };
  for (std::size_t begin = 0; begin + lanes <= a.size(); begin += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const MidSide &x = a[begin + lane], &y = b[begin + lane];
      const float left = clipped(x.mid + x.side) - clipped(y.mid + y.side),
                  right = clipped(x.mid - x.side) - clipped(y.mid - y.side);
      of_left[lane] += left * left;
      of_right[lane] += right * right;
      largest[lane] = std::max(largest[lane], std::max(std::abs(left), std::abs(right)));
    }
  const auto rms = [&](const std::array<float, lanes>& squares) {
    const double sum = std::accumulate(squares.begin(), squares.end(), 0.0);
    return std::sqrt(sum / static_cast<double>(a.size())) * full_scale;
  };
  return {rms(of_left), rms(of_right),
          static_cast<double>(*std::max_element(largest.begin(), largest.end())) * full_scale};
}

/// Rounding, in one channel at least: the other one may be silent.
bool is_rounding(const Steps& steps) noexcept {
  const double rms = std::max(steps.left_rms, steps.right_rms);
  return steps.largest <= most_rounded && rms >= least_rounded_rms && rms <= most_rounded_rms;
}

/// Sums log2 of numbers from 1 to 2^60, with few logarithms.
class LogSum {
 public:
  void add(double number) {
    product_ *= number;
    if (++count_ % 16 == 0) flush();
  }
  double take() {
    flush();
    return sum_;
  }

 private:
  void flush() {
    sum_ += std::log2(product_);
    product_ = 1;
  }
  double product_ = 1, sum_ = 0;
  std::size_t count_ = 0;
};

/// Two channels with as much in the first one as can be, by turning both. It moves no noise from one to the other.
struct Turn {
  float c = 1, s = 0;
  Turn(std::span<const std::complex<float>> mid, std::span<const std::complex<float>> side) {
    float mm = 0, ss = 0, ms = 0;
    for (std::size_t k = 0; k < mid.size(); ++k) {
      mm += std::norm(mid[k]);
      ss += std::norm(side[k]);
      ms += mid[k].real() * side[k].real() + mid[k].imag() * side[k].imag();
    }
    const float angle = std::atan2(2 * ms, mm - ss) / 2;
    c = std::cos(angle);
    s = std::sin(angle);
  }
};

}  // namespace

SampleDifference::SampleDifference(const ListenBands& bands)
    : bands_(bands), hann_(hann_window(bands.window)), spectrum_(bands.window, bands.edges.back()) {}

double SampleDifference::needed_bits(std::span<const MidSide> samples, double steps_rms) {
  spectrum_.compute(samples, hann_);
  // The noise of mid, and of side, as |X|^2 of one bin: half of that of left, and of right.
  const double rms = std::max(steps_rms, least_rms) / full_scale;
  const double noise = rms * rms / 2 * hann_square_sum(bands_.window);
  LogSum bits;
  const auto add = [&](std::complex<float> bin) { bits.add(std::max(1.0, std::norm(bin) / noise)); };
  for (std::size_t band = 0; band < bands_.count(); ++band) {
    const std::size_t first = bands_.edges[band], count = bands_.edges[band + 1] - first;
    const auto mid = spectrum_.mid().subspan(first, count), side = spectrum_.side().subspan(first, count);
    const Turn turn(mid, side);
    for (std::size_t k = 0; k < count; ++k) {
      add(turn.c * mid[k] + turn.s * side[k]);
      add(turn.c * side[k] - turn.s * mid[k]);
    }
  }
  return bits.take() / 2;
}

/// Files that differ are most of all: of those only some frames are compared.
bool SampleDifference::is_due() const noexcept {
  return unequal_in_a_row_ < unequal_for_sure || frames_ % estimate_every == 0;
}

void SampleDifference::add(std::span<const MidSide> a, std::span<const MidSide> b) {
  if (!is_due()) {
    ++frames_;
    return;
  }
  const Steps steps = difference_of(a.first(bands_.hop), b.first(bands_.hop));
  squares_ += steps.left_rms * steps.left_rms + steps.right_rms * steps.right_rms;
  largest_ = std::max(largest_, steps.largest);
  const bool equal = steps.largest <= most_steps;
  ++compared_frames_;
  equal_frames_ += equal ? 1 : 0;
  unequal_in_a_row_ = equal ? 0 : unequal_in_a_row_ + 1;
  rounded_frames_ += is_rounding(steps) ? 1 : 0;
  if (frames_++ % estimate_every != 0) return;
  ++estimated_frames_;
  if (equal) bits_ += needed_bits(a, steps.rms());
}

void SampleDifference::fill(Heard& heard) const {
  if (frames_ == 0) return;
  const double frames_per_s = bands_.frames_per_s();
  heard.equal_s = static_cast<double>(equal_frames_) / frames_per_s;
  heard.rounded_s = static_cast<double>(rounded_frames_) / frames_per_s;
  heard.equal_kbps = bits_ / static_cast<double>(estimated_frames_) * frames_per_s / 1000;
  heard.difference_rms = std::sqrt(squares_ / (2 * static_cast<double>(compared_frames_)));
  heard.difference_max = largest_;
}

}  // namespace echofold
