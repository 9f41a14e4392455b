// Reads ahead, and forgets what was used.
#include "engine/listen/sample_queue.h"

#include <algorithm>

namespace echofold {

std::span<const MidSide> SampleQueue::peek(std::size_t count) {
  while (!at_end_ && samples_.size() - first_ < count) {
    if (first_ > samples_.size() / 2) {
      samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
    const auto block = reader_.read();
    at_end_ = block.empty();
    samples_.insert(samples_.end(), block.begin(), block.end());
  }
  return std::span(samples_).subspan(first_);
}

std::size_t SampleQueue::drop(std::size_t count) {
  const std::size_t used = std::min(count, samples_.size() - first_);
  first_ += used;
  position_ += used;
  return used;
}

}  // namespace echofold
