// A buffer that is moved to its front once a piece, and the two ends.
#include "engine/audio/fir_stream.h"

#include <algorithm>
#include <type_traits>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {

template <class Tap>
Tap* FirStream<Tap>::grow(std::size_t count) {
  const auto first = samples_.begin() + static_cast<std::ptrdiff_t>(std::min(next_, filled_));
  std::copy(first, samples_.begin() + static_cast<std::ptrdiff_t>(filled_), samples_.begin());
  filled_ -= std::min(next_, filled_);
  next_ -= static_cast<std::size_t>(first - samples_.begin());
  const std::size_t room = filled_ + count + bank_.padded;
  if (samples_.size() < room) samples_.resize(room + room / 2);
  filled_ += count;
  return samples_.data() + filled_ - count;
}

template <class Tap>
void FirStream<Tap>::start() {
  const std::size_t mirrored = bank_.before();
  grow(mirrored);
  const auto begin = samples_.begin();
  std::copy_backward(begin, begin + static_cast<std::ptrdiff_t>(filled_ - mirrored),
                     begin + static_cast<std::ptrdiff_t>(filled_));
  for (std::size_t i = 0; i < mirrored; ++i) samples_[i] = samples_[2 * mirrored - i];
  started_ = true;
}

template <class Tap>
void FirStream<Tap>::run(std::vector<std::int16_t>& out) {
  if (!started_) {
    if (filled_ < 2 * bank_.length) return;
    start();
  }
  if (next_ + bank_.length > filled_) return;
  const std::size_t room = filled_ - bank_.length - next_;
  const std::size_t count = ((room + 1) * bank_.phases - 1 - next_phase_) / bank_.step + 1;
  out.resize(out.size() + count);
  std::int16_t* to = out.data() + out.size() - count;
  const auto filter = bank_.filter();
  if constexpr (std::is_floating_point_v<Tap>)
    sample_loops().filter_float(samples_.data() + next_, filter, next_phase_, count, to);
  else
    sample_loops().filter_s16(samples_.data() + next_, filter, next_phase_, count, to);
  const std::size_t end = next_phase_ + count * bank_.step;
  next_ += end / bank_.phases;
  next_phase_ = end % bank_.phases;
}

template <class Tap>
void FirStream<Tap>::finish(std::vector<std::int16_t>& out) {
  const std::size_t left = filled_ - std::min(next_, filled_);
  const std::size_t reflected = (std::min(left, bank_.length) + 1) / 2;
  Tap* more = grow(reflected);
  for (std::size_t i = 0; i < reflected; ++i) more[i] = *(more - 1 - i);
  run(out);
}

template class FirStream<float>;
template class FirStream<std::int16_t>;

}  // namespace echofold
