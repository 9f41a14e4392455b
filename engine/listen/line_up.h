// Finds to the sample where one recording begins in another.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/audio/phase_correlation.h"
#include "engine/audio/stereo_reader.h"

namespace echofold {

/// Searches with a quarter of the sampling rate first, then at the full rate around what it found.
class LineUp {
 public:
  LineUp();  ///< @throws std::bad_alloc

  /// How many samples both spans should have for one search.
  static constexpr std::size_t block_samples = std::size_t{1} << 17;

  /// b[i] sounds like a[i + result.samples]. Nothing if no delay of at most `most` samples stands out.
  /// @param most  less than block_samples; the further away a delay is, the less of both overlaps
  std::optional<Delay> find(std::span<const MidSide> a, std::span<const MidSide> b, std::size_t most);

 private:
  PhaseCorrelation coarse_, fine_;
  std::vector<float> a_, b_;
};

}  // namespace echofold
