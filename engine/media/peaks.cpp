// The least and greatest sample of each part of a file.
//
// How long the file is, is known only at its end. So the peaks of short blocks are kept; when there are too many, each
// two become one of twice the length.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/media/media_parts.h"

namespace echofold {
namespace {

constexpr std::size_t most_blocks = 1 << 16;  ///< at least 8 to a column when they were halved
constexpr std::size_t first_block_samples = 64;

struct Peak {
  float least = 0, most = 0;
  void take(const Peak& other) noexcept {
    least = std::min(least, other.least);
    most = std::max(most, other.most);
  }
};

class Blocks {
 public:
  void add(float left, float right) {
    block_.take({std::min(left, right), std::max(left, right)});
    ++samples_;
    if (++in_block_ == block_samples_) finish();
  }
  /// Ends the last block.
  void finish() {
    if (in_block_ == 0) return;
    blocks_.push_back(block_);
    block_ = {};
    in_block_ = 0;
    if (blocks_.size() == most_blocks) halve();
  }

  std::uint64_t samples() const noexcept { return samples_; }

  std::vector<Peak> columns(std::size_t most) const {
    std::vector<Peak> out(std::min(most, blocks_.size()));
    for (std::size_t i = 0; i < blocks_.size(); ++i) out[i * out.size() / blocks_.size()].take(blocks_[i]);
    return out;
  }

 private:
  void halve() {
    for (std::size_t i = 0; i < blocks_.size() / 2; ++i) {
      blocks_[i] = blocks_[2 * i];
      blocks_[i].take(blocks_[2 * i + 1]);
    }
    blocks_.resize(blocks_.size() / 2);
    block_samples_ *= 2;
  }

  std::vector<Peak> blocks_;
  Peak block_;
  std::size_t in_block_ = 0, block_samples_ = first_block_samples;
  std::uint64_t samples_ = 0;
};

char byte_of(float value) noexcept {
  constexpr float full = 127;
  return static_cast<char>(static_cast<std::int8_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * full)));
}

}  // namespace

Media peaks_of(StereoReader& reader, std::uint32_t columns) {
  constexpr int usual_rate_hz = 44'100, least_hz = 8'000, most_hz = 192'000;
  const int source_hz = reader.source_rate_hz();
  const int rate_hz = source_hz > 0 ? std::clamp(source_hz, least_hz, most_hz) : usual_rate_hz;
  reader.convert_to(rate_hz);
  Blocks blocks;
  for (auto samples = reader.read(); !samples.empty(); samples = reader.read())
    for (const MidSide& sample : samples) blocks.add(sample.mid + sample.side, sample.mid - sample.side);
  blocks.finish();
  Media media;
  for (const Peak& peak : blocks.columns(columns)) {
    media.bytes += byte_of(peak.least);
    media.bytes += byte_of(peak.most);
    ++media.columns;
  }
  media.duration_s = static_cast<double>(blocks.samples()) / rate_hz;
  return media;
}

}  // namespace echofold
