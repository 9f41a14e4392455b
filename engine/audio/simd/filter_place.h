// Positions of outputs in a polyphase filter.
#pragma once

#include "engine/audio/simd/loop_functions.h"

namespace echofold::loops {
namespace {

/// Where the next output of a filter lies: `at` is the first sample that it uses.
template <class Tap>
struct Place {
  const Filter<Tap>& filter;
  std::size_t at = 0, phase = 0;

  const Tap* taps() const noexcept { return filter.taps + phase * filter.length; }
  /// Branch-free: which output takes an extra sample is effectively random.
  void advance(std::size_t whole, std::size_t part) noexcept {
    phase += part;
    const auto wraps = static_cast<std::size_t>(phase >= filter.phases);
    phase -= filter.phases & (0 - wraps);
    at += whole + wraps;
  }
};

}  // namespace
}  // namespace echofold::loops
