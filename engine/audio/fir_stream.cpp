// A buffer that is moved to its front once per piece, and the handling of the two ends.
#include "engine/audio/fir_stream.h"

#include <algorithm>
#include <type_traits>

#include "engine/audio/simd/sample_loops.h"

namespace echofold {

template <class Tap>
FirStream<Tap>::FirStream(const FirBank<Tap>& bank, std::size_t channels)
    : bank_(bank), planes_(channels == 2 && std::is_floating_point_v<Tap> ? 3 : channels) {}

template <class Tap>
void FirStream<Tap>::grow(std::size_t count) {
  const std::size_t done = std::min(next_, filled_);
  const std::size_t needed = filled_ - done + count + bank_.padded;
  for (std::size_t p = 0; p < planes_; ++p) {
    std::vector<Tap>& plane = samples_[p];
    std::copy(plane.begin() + static_cast<std::ptrdiff_t>(done),
              plane.begin() + static_cast<std::ptrdiff_t>(filled_), plane.begin());
    if (plane.size() < needed) plane.resize(needed + needed / 2);
  }
  next_ -= done;
  filled_ = filled_ - done + count;
  grown_ = count;
}

template <class Tap>
void FirStream<Tap>::start() {
  const std::size_t mirrored = bank_.before();
  grow(mirrored);
  for (std::size_t p = 0; p < planes_; ++p) {
    const auto begin = samples_[p].begin(), end = begin + static_cast<std::ptrdiff_t>(filled_);
    std::copy_backward(begin, end - static_cast<std::ptrdiff_t>(mirrored), end);
    for (std::size_t i = 0; i < mirrored; ++i) samples_[p][i] = samples_[p][2 * mirrored - i];
  }
  started_ = true;
}

template <class Tap>
void FirStream<Tap>::filter(std::size_t count, std::int16_t* out) {
  const auto filter = bank_.filter();
  const auto from = [&](std::size_t plane) { return samples_[plane].data() + next_; };
  if constexpr (std::is_floating_point_v<Tap>) {
    const loops::FloatPlanes in = planes_ == 1 ? loops::FloatPlanes{from(0), nullptr, nullptr}
                                               : loops::FloatPlanes{from(2), from(0), from(1)};
    sample_loops().filter_float(in, filter, next_phase_, count, out);
  } else {
    sample_loops().filter_s16(from(0), filter, next_phase_, count, out);
    if (planes_ == 1) return;
    right_outputs_.resize(count);  // each channel is rounded on its own before they are mixed
    sample_loops().filter_s16(from(1), filter, next_phase_, count, right_outputs_.data());
    sample_loops().average_s16(right_outputs_.data(), count, out);
  }
}

template <class Tap>
void FirStream<Tap>::run(std::vector<std::int16_t>& out) {
  if (!started_) {
    if (filled_ < 2 * bank_.length) return;
    start();
  }
  if (next_ + bank_.length > filled_) return;
  const std::size_t starts = filled_ - bank_.length - next_;
  const std::size_t count = ((starts + 1) * bank_.phases - 1 - next_phase_) / bank_.step + 1;
  out.resize(out.size() + count);
  filter(count, out.data() + out.size() - count);
  const std::size_t end = next_phase_ + count * bank_.step;
  next_ += end / bank_.phases;
  next_phase_ = end % bank_.phases;
}

template <class Tap>
void FirStream<Tap>::finish(std::vector<std::int16_t>& out) {
  const std::size_t left = filled_ - std::min(next_, filled_);
  const std::size_t reflected = (std::min(left, bank_.length) + 1) / 2;
  grow(reflected);
  for (std::size_t p = 0; p < planes_; ++p) {
    Tap* more = new_samples(p);
    for (std::size_t i = 0; i < reflected; ++i) more[i] = *(more - 1 - i);
  }
  run(out);
}

template class FirStream<float>;
template class FirStream<std::int16_t>;

}  // namespace echofold
