// One transform per window, and the levels of the result.
#include "engine/audio/spectrogram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {
namespace {

/// About 46 ms, which makes a bin about 21.5 Hz wide at every rate.
std::size_t window_samples_at(int sample_rate_hz) {
  constexpr unsigned per_second = 21;
  constexpr unsigned shortest = 256, longest = 16384;
  return std::bit_floor(std::clamp(static_cast<unsigned>(sample_rate_hz) / per_second, shortest, longest));
}

/// Computes lround(10 * log10(square)) without the logarithm: numbers with the same exponent and leading bits lie
/// within half a dB, so that one comparison remains.
class Decibels {
 public:
  Decibels() {
    for (std::size_t i = 0; i < begin_.size(); ++i)
      begin_[i] = static_cast<float>(std::pow(10.0, (lowest + static_cast<int>(i) - 0.5) / 10));
    for (std::size_t i = 0; i < level_of_bits_.size(); ++i) {
      const float least = std::bit_cast<float>(static_cast<std::uint32_t>(i << shift));
      const double db = std::isfinite(least) && least > 0 ? 10 * std::log10(double{least}) : lowest;
      level_of_bits_[i] = static_cast<std::int16_t>(std::clamp<long>(std::lround(db), lowest, highest));
    }
  }

  /// @param square  not negative
  int operator()(float square) const noexcept {
    const int db = level_of_bits_[std::bit_cast<std::uint32_t>(square) >> shift];
    return db + static_cast<int>(square >= begin_[static_cast<std::size_t>(db + 1 - lowest)]);
  }

 private:
  static constexpr int lowest = Spectrogram::lowest_db, highest = Spectrogram::highest_db - 1;
  static constexpr unsigned shift = 20;  // sign and exponent, three bits of the fraction

  // the start of each level, and of the one after the highest
  std::array<float, highest - lowest + 2> begin_{};
  std::array<std::int16_t, 4096> level_of_bits_{};  // the level of the smallest number with these bits
};

}  // namespace

Spectrogram::Spectrogram(int sample_rate_hz)
    : sample_rate_hz_(sample_rate_hz),
      period_samples_(0),
      hann_(window_samples_at(sample_rate_hz)),
      spectrum_(hann_.size(), 0, hann_.size() / 2),
      band_powers_(bands()) {
  period_samples_ = std::max(hann_.size(), static_cast<std::size_t>(sample_rate_hz) / 8);
  const double step = 2 * std::numbers::pi / static_cast<double>(hann_.size());
  for (std::size_t i = 0; i < hann_.size(); ++i) {
    hann_[i] = static_cast<float>(0.5 - 0.5 * std::cos(step * static_cast<double>(i)));
    square_sum_ += double{hann_[i]} * hann_[i];
  }
}

double Spectrogram::band_hz() const noexcept {
  return static_cast<double>(bins_a_band) * sample_rate_hz_ / static_cast<double>(hann_.size());
}

void Spectrogram::add(std::span<const float> window, bool clean) {
  if (windows() == most_windows) thin_out();
  sample_loops().window_float(window.data(), hann_.data(), hann_.size(), spectrum_.window().data());
  const std::span<const float> bins = spectrum_.compute();
  static const Decibels decibels;
  const auto bin_scale = static_cast<float>(1 / (square_sum_ * bins_a_band));
  sample_loops().sum_by_eight(bins.data(), bands(), band_powers_.data());
  for (const float square : band_powers_)
    levels_.push_back(static_cast<std::int16_t>(decibels(square * bin_scale)));
  clean_.push_back(clean);
}

std::span<const std::int16_t> Spectrogram::levels(std::size_t window) const {
  return std::span(levels_).subspan(window * bands(), bands());
}

void Spectrogram::thin_out() {
  const auto count = static_cast<std::ptrdiff_t>(bands());
  auto to = levels_.begin();
  for (std::size_t i = 0; i < windows(); i += 2) {
    to = std::copy_n(levels_.begin() + static_cast<std::ptrdiff_t>(i) * count, count, to);
    clean_[i / 2] = clean_[i];
  }
  levels_.erase(to, levels_.end());
  clean_.resize((clean_.size() + 1) / 2);
  period_samples_ *= 2;
}

}  // namespace echofold
