// The next samples of a reader, of which some are looked at before they are used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/stereo_reader.h"

namespace echofold {

class SampleQueue {
 public:
  explicit SampleQueue(StereoReader& reader) : reader_(reader) {}

  /// The next samples, at least `count` of them unless the file ends. Valid until the next call.
  std::span<const MidSide> peek(std::size_t count);
  /// Uses up to `count` samples, which must have been looked at. @return how many there were
  std::size_t drop(std::size_t count);
  /// Samples used so far.
  std::uint64_t position() const noexcept { return position_; }

 private:
  StereoReader& reader_;
  std::vector<MidSide> samples_;
  std::size_t first_ = 0;
  std::uint64_t position_ = 0;
  bool at_end_ = false;
};

}  // namespace echofold
