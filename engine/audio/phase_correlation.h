// The delay between two recordings of one sound.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace echofold {

struct Delay {
  std::ptrdiff_t samples = 0;  ///< b[i] sounds like a[i + samples]
  float height = 0;  ///< of its peak, up or down; 1 for equal or inverted sound, near 0 for other sound
};

/// Cross-correlation with phase transform (Knapp and Carter, 1976): every frequency has the same weight. So the peak is
/// a single sample wide, whatever the music, and equalisers, levels and most codecs leave it there.
class PhaseCorrelation {
 public:
  /// @param samples  of each block: a power of two, at most 2^16
  /// @throws std::bad_alloc
  explicit PhaseCorrelation(std::size_t samples);
  ~PhaseCorrelation();
  PhaseCorrelation(PhaseCorrelation&&) noexcept;

  /// The delay with the highest peak among those of at most `most` samples in both directions.
  /// @param low, high  the band that counts, as parts of the sampling rate, 0 .. 0.5
  /// @param most       less than the block; the further away a delay is, the less of both blocks overlaps
  Delay find(std::span<const float> a, std::span<const float> b, std::size_t most, double low, double high);

 private:
  struct Transforms;
  std::unique_ptr<Transforms> transforms_;
};

}  // namespace echofold
