// Whether two recordings have the very same samples to rounding, and how much that proves.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/audio/stereo_reader.h"
#include "engine/audio/stereo_spectrum.h"
#include "engine/listen/bands.h"
#include "index/model/heard.h"

namespace echofold {

/// A file that was decoded from another one has its samples, but for rounding and dither. But an encoder with many bits
/// may also come that close to quiet or simple music. Two measurements tell them apart (MATCHING.md, "A decoded copy"):
/// the error of rounding alone is even, from half a step below to half a step above, which no codec's error is. And a
/// file with fewer bits than any encoder needs to come that close was not made from the other one.
class SampleDifference {
 public:
  explicit SampleDifference(const ListenBands& bands);  ///< @throws std::bad_alloc

  /// The next window of each: a[i] and b[i] are the same moment. Full scale is 1; what is above it is clipped, as in the
  /// samples of a file.
  void add(std::span<const MidSide> a, std::span<const MidSide> b);

  /// Fills in what Heard has of the samples.
  void fill(Heard& heard) const;

 private:
  double needed_bits(std::span<const MidSide> samples, double steps_rms);
  bool is_due() const noexcept;

  ListenBands bands_;
  std::vector<float> hann_;
  StereoSpectrum spectrum_;
  std::size_t frames_ = 0, compared_frames_ = 0, unequal_in_a_row_ = 0, equal_frames_ = 0,
              rounded_frames_ = 0;
  std::size_t estimated_frames_ = 0;
  double bits_ = 0;  ///< of these; 0 for those that are not equal
  double squares_ = 0, largest_ = 0;
};

}  // namespace echofold
