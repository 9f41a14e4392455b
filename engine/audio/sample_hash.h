// A hash of the decoded samples as the codec gives them: equal for one master in any lossless format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/audio/libav.h"
#include "index/base/hash.h"
#include "index/model/record.h"

namespace echofold {

/// Over the samples of all channels in turn, however frames part them and codecs arrange them. Not over the floating
/// point that lossy codecs decode to: two files with the same of it have the same payload, and to hash it
/// costs 3 to 5 % of decoding (of whole numbers .5 to .9 %).
class SampleHash {
 public:
  /// In the order of the stream.
  void take(const AVFrame& frame);

  /// Unknown when there was no sample, for floating point that comes channel by channel, or when rate, width or channels changed in mid-stream.
  Hash128 finish();

 private:
  void add_planes(const AVFrame& frame);

  StreamHash hash_;
  std::vector<std::uint8_t> mixed_;  // of one frame
  int format_ = -1, rate_hz_ = 0, channels_ = 0;
  std::uint64_t samples_ = 0;
  bool one_kind_ = true;
};

}  // namespace echofold
