// One channel of samples through a FirBank, in pieces of any size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/fir_bank.h"

namespace echofold {

/// Starts and ends as swresample does: mirrored around the first sample; at the end, as many samples as half a
/// filter lacks are the last ones backwards.
template <class Tap>
class FirStream {
 public:
  /// @param bank  must outlive this
  explicit FirStream(const FirBank<Tap>& bank) : bank_(bank) {}

  /// Room for `count` more samples, to be filled before the next call.
  Tap* grow(std::size_t count);
  /// Appends the outputs that are complete.
  void run(std::vector<std::int16_t>& out);
  /// Appends what is left; not once it has been too_short().
  void finish(std::vector<std::int16_t>& out);

  /// Fewer samples came than two filters take: swresample has rules of its own for those.
  bool too_short() const noexcept { return !started_; }
  /// All samples so far, while too_short().
  std::span<const Tap> samples() const noexcept { return std::span(samples_).first(filled_); }

 private:
  void start();

  const FirBank<Tap>& bank_;
  std::vector<Tap> samples_;               // those from next_ on are still needed
  std::size_t filled_ = 0;                 // of samples_; there is room for a vector of zeros behind
  std::size_t next_ = 0, next_phase_ = 0;  // where the filter of the next output begins
  bool started_ = false;
};

}  // namespace echofold
