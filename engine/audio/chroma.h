// Chromaprint's chroma features: how loud each of the twelve notes is, summed over all octaves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/audio/power_spectrum.h"

namespace echofold {

using ChromaRow = std::array<double, 12>;

/// Computes the features of Chromaprint's algorithm TEST2 from mono samples at 11,025 Hz, frame by frame: the
/// energies of 28 to 3,520 Hz by note, smoothed over five frames, normalised to length 1. The constants are from L.
/// Lalinsky, Chromaprint 1.5 (classes FFT, Chroma, ChromaFilter, ChromaNormalizer).
class Chroma {
 public:
  static constexpr std::size_t frame_samples = 4096, hop_samples = 1365;
  static constexpr std::size_t smoothed_frames = 5;

  Chroma();  ///< @throws std::bad_alloc

  /// Adds the next frame. Returns false for the first four, which only start the smoothing.
  bool add(const std::int16_t* frame);
  /// The features of the last smoothed_frames frames.
  const ChromaRow& row() const noexcept { return row_; }
  /// Whether the row is so close to Chromaprint's threshold of silence that another transform might decide
  /// differently.
  bool row_is_uncertain() const noexcept { return row_is_uncertain_; }

 private:
  struct Run {
    std::size_t note, end;  // consecutive bins of one note, and the bin after them
  };

  void smooth();

  PowerSpectrum spectrum_;
  std::vector<float> hamming_;
  std::vector<Run> runs_;
  std::array<ChromaRow, smoothed_frames> frames_{};  // a ring buffer
  std::size_t count_ = 0;
  ChromaRow row_{};
  bool row_is_uncertain_ = false;
};

}  // namespace echofold
