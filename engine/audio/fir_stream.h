// Filters one or two channels with a FirBank to one channel of 16 bits, in pieces of any size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/fir_bank.h"

namespace echofold {

/// Starts and ends as swresample does: the input is mirrored around the first sample; at the end, the last samples
/// are repeated backwards to fill half a filter.
template <class Tap>
class FirStream {
 public:
  /// @param bank      must outlive this
  /// @param channels  1 or 2. Two of 16 bits: planes 0 and 1. Two of floats: planes 0 and 1, and their mean as plane 2
  FirStream(const FirBank<Tap>& bank, std::size_t channels);

  std::size_t planes() const noexcept { return planes_; }
  /// Makes space for `count` more samples in each plane. The caller fills it before the next call.
  void grow(std::size_t count);
  Tap* new_samples(std::size_t plane) noexcept { return samples_[plane].data() + filled_ - grown_; }
  /// Appends the outputs that are complete.
  void run(std::vector<std::int16_t>& out);
  /// Appends the remaining outputs; must not be called if too_short().
  void finish(std::vector<std::int16_t>& out);

  /// Fewer samples came than two filters take: swresample has separate rules for that case.
  bool too_short() const noexcept { return !started_; }
  /// All samples so far, while too_short().
  std::span<const Tap> samples(std::size_t plane) const noexcept {
    return std::span(samples_[plane]).first(filled_);
  }

 private:
  void start();
  void filter(std::size_t count, std::int16_t* out);

  const FirBank<Tap>& bank_;
  std::size_t planes_;
  std::array<std::vector<Tap>, 3> samples_;  // those from next_ on are still needed
  std::vector<std::int16_t> right_outputs_;
  std::size_t filled_ = 0;  // in each plane; the buffer has space for a filter's zeros after them
  std::size_t grown_ = 0;   // part of filled_, added by the last grow()
  std::size_t next_ = 0, next_phase_ = 0;  // where the filter of the next output begins
  bool started_ = false;
};

}  // namespace echofold
