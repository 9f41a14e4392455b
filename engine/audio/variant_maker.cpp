// A polyphase filter for each speed, then the fingerprinter.
//
// A speed of 1 + s / 200 takes an input sample and s / 200 of another for each output: 200 phases, whatever the speed.
// No low-pass filter is needed, since the fingerprinter hears nothing above 3,520 Hz: played 8 % faster, that is what
// lies up to 3,802 Hz, and what folds back from 5,512 Hz comes no lower than 4,707 Hz.
#include "engine/audio/variant_maker.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/audio/fingerprinter.h"
#include "engine/audio/fir_stream.h"

namespace echofold {
namespace {

constexpr std::size_t phases = 200;
static_assert(variant_step * phases == 1);
constexpr std::size_t filter_taps =
    16;  // loops::Filter takes multiples of 16; error below -70 dB up to 3.8 kHz
constexpr std::size_t block_samples = 32768;
constexpr auto most_samples = static_cast<std::size_t>(variant_audio_s * Fingerprinter::rate_hz);

/// A sine cardinal of 16 taps in a Hann window (A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing, 7).
std::vector<float> interpolating_taps() {
  std::vector<float> taps;
  constexpr double half = filter_taps / 2.0;
  for (std::size_t phase = 0; phase < phases; ++phase) {
    std::vector<double> of_phase;
    double sum = 0;
    for (std::size_t k = 0; k < filter_taps; ++k) {
      const double x = static_cast<double>(k) - (half - 1) - static_cast<double>(phase) / phases;
      const double angle = std::numbers::pi * x;
      const double sinc = x == 0 ? 1 : std::sin(angle) / angle;
      of_phase.push_back(sinc * (0.5 + 0.5 * std::cos(angle / half)));
      sum += of_phase.back();
    }
    for (const double tap : of_phase) taps.push_back(static_cast<float>(tap / sum));
  }
  return taps;
}

/// @param steps  sets the speed
FirBank<float> bank_of(int steps) {
  static const std::vector<float> taps = interpolating_taps();
  return {taps, filter_taps, filter_taps, phases, static_cast<std::size_t>(static_cast<int>(phases) + steps)};
}

std::vector<Item> items_at(std::span<const float> samples, int steps) {
  const FirBank<float> bank = bank_of(steps);
  FirStream<float> stream(bank, 1);
  Fingerprinter fingerprinter;
  std::vector<std::int16_t> out;
  while (!samples.empty()) {
    const std::span<const float> block = samples.first(std::min(samples.size(), block_samples));
    samples = samples.subspan(block.size());
    stream.grow(block.size());
    std::copy(block.begin(), block.end(), stream.new_samples(0));
    out.clear();
    stream.run(out);
    fingerprinter.feed(out);
  }
  return fingerprinter.finish();
}

}  // namespace

void VariantMaker::feed(std::span<const std::int16_t> mono_samples) {
  if (percent_ == 0) return;
  const std::size_t count = std::min(mono_samples.size(), most_samples - samples_.size());
  constexpr float scale = 1.0F / 32768;
  for (const std::int16_t sample : mono_samples.first(count)) samples_.push_back(sample * scale);
}

std::vector<VariantItems> VariantMaker::finish() {
  std::vector<VariantItems> variants;
  const int most = percent_ * variant_steps_a_percent;
  for (int steps = -most; steps <= most; ++steps)
    if (steps != 0) variants.push_back({steps, items_at(samples_, steps)});
  samples_ = {};
  return variants;
}

}  // namespace echofold
