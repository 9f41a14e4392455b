// The first two minutes of a track, resampled to other speeds and fingerprinted at each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/speed_variants.h"

namespace echofold {

/// Takes what the fingerprinter takes: mono samples at Fingerprinter::rate_hz. One thread at a time.
class VariantMaker {
 public:
  /// @param percent  0: no variants, and nothing is kept; at most most_speed_percent
  explicit VariantMaker(int percent) : percent_(percent) {}

  void feed(std::span<const std::int16_t> mono_samples);
  /// The variants, the slowest first; those too short for an item have none. Call once.
  /// @throws Error as Fingerprinter, std::bad_alloc
  std::vector<VariantItems> finish();

 private:
  int percent_;
  std::vector<float> samples_;  ///< on a scale on which full scale is 1
};

}  // namespace echofold
