// Window, transform, sums by note, smoothing, normalisation to length 1.
#include "engine/audio/chroma.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {
namespace {

constexpr double rate_hz = 11025;
constexpr double lowest_hz = 28, highest_hz = 3520;
constexpr double note_0_hz = 440.0 / 16;
constexpr std::array<double, Chroma::smoothed_frames> smoothing{0.25, 0.75, 1, 0.75, 0.25};
constexpr double silent_below = 0.01;

std::size_t bin_at(double hz) {
  return static_cast<std::size_t>(std::lround(Chroma::frame_samples * hz / rate_hz));
}

std::size_t note_of(std::size_t bin) {
  const double hz = static_cast<double>(bin) * rate_hz / Chroma::frame_samples;
  const double octave = std::log(hz / note_0_hz) / std::log(2.0);
  return static_cast<std::size_t>(12 * (octave - std::floor(octave)));
}

}  // namespace

Chroma::Chroma() : spectrum_(frame_samples, bin_at(lowest_hz), bin_at(highest_hz)) {
  constexpr double step = 2 * std::numbers::pi / (frame_samples - 1);
  constexpr double scale = 1.0 / std::numeric_limits<std::int16_t>::max();
  for (std::size_t i = 0; i < frame_samples; ++i)
    hamming_.push_back(static_cast<float>(scale * (0.54 - 0.46 * std::cos(step * static_cast<double>(i)))));
  const std::size_t first = bin_at(lowest_hz);
  for (std::size_t bin = first; bin < bin_at(highest_hz); ++bin) {
    if (runs_.empty() || runs_.back().note != note_of(bin)) runs_.push_back({note_of(bin), 0});
    runs_.back().end = bin + 1 - first;
  }
}

bool Chroma::add(const std::int16_t* frame) {
  sample_loops().window_s16(frame, hamming_.data(), frame_samples, spectrum_.window().data());
  const std::span<const float> energies = spectrum_.compute();
  ChromaRow& notes = frames_[count_ % smoothed_frames];
  notes = {};
  std::size_t bin = 0;
  for (const Run& run : runs_) {
    double sum = 0;
    for (; bin < run.end; ++bin) sum += energies[bin];
    notes[run.note] += sum;
  }
  if (++count_ < smoothed_frames) return false;
  smooth();
  return true;
}

void Chroma::smooth() {
  double squares = 0;
  for (std::size_t note = 0; note < row_.size(); ++note) {
    double sum = 0;
    for (std::size_t i = 0; i < smoothed_frames; ++i)
      sum += smoothing[i] * frames_[(count_ + i) % smoothed_frames][note];
    row_[note] = sum;
    squares += sum * sum;
  }
  const double length = std::sqrt(squares);
  constexpr double margin = 1e-5;
  row_is_uncertain_ = std::abs(length - silent_below) < margin * silent_below;
  for (double& value : row_) value = length < silent_below ? 0 : value / length;
}

}  // namespace echofold
