// Compares how far the peaks of two recordings stand out, and how far their loud and soft parts lie apart.
#pragma once

#include <span>
#include <vector>

#include "engine/audio/stereo_reader.h"
#include "engine/listen/high_pass.h"
#include "index/model/heard.h"

namespace echofold {

/// Memory: some 160 bytes for each second.
class DynamicsTally {
 public:
  explicit DynamicsTally(int rate_hz);

  /// The next samples of both recordings.
  /// @param a, b  of the same length and the same moment
  void add(std::span<const MidSide> a, std::span<const MidSide> b);

  /// Fills in range_db and level_slope. Both stay 0 where less than two seconds are loud enough.
  void fill(Heard& heard) const;

 private:
  using Channels = HighPass::Samples;  ///< left and right of a, then those of b

  /// What a tenth of a second has in each channel.
  struct Block {
    Channels peaks = {}, squares = {};  ///< sums of squares
    void add(Channels samples) noexcept;
  };
  struct Levels {
    float peak_db = 0, level_db = 0;  ///< of the louder channel
  };
  struct Moment {
    Levels a, b;
  };

  void add_to_block(std::span<const MidSide> a, std::span<const MidSide> b) noexcept;
  /// @param left  of the recording: its place in Channels
  Levels levels_of(int left) const;
  std::vector<Moment> loud_moments() const;

  std::size_t block_samples_;
  HighPass above_rumble_;
  std::size_t filled_ = 0;  ///< samples of the block that is being filled
  Block block_;
  std::vector<Moment> moments_;
};

}  // namespace echofold
