// Runs of a few items: a muted word or a bleep is a lot in one second, and nothing in a window of 8 s.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "index/model/fingerprint.h"
#include "index/pair/overlap.h"

namespace echofold {

inline constexpr std::size_t short_run_items = 8;  ///< they hear 3.5 s in all
/// A run with fewer informative items says nothing.
inline constexpr std::size_t short_run_informative = 4;

/// Items that say little, of a note that is held or of silence, are alike up to so many bits that differ.
inline constexpr int held_alike_bits = 2;

struct ShortRuns {
  double worst_ber = 0;             ///< corrected BER of the worst run that says something
  std::uint32_t worst_item = 0;     ///< where it begins, in a
  std::uint32_t unknown_items = 0;  ///< in no such run, and neither silent nor held alike on both sides
  bool operator==(const ShortRuns&) const = default;
};

/// @param mask_a, mask_b  ~0 for an informative item of a, of b; 0 at both ends of each
/// @param next            towards which neighbour the true alignment lies: a[i] is heard between b[j-1] and b[j]
ShortRuns measure_short_runs(Items a, Items b, const Overlap& overlap, std::span<const Item> mask_a,
                             std::span<const Item> mask_b, bool next);

}  // namespace echofold
