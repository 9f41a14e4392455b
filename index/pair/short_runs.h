// Compares runs of a few items: a muted word or a bleep shows in one second, but not in a window of 8 s.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "index/model/fingerprint.h"
#include "index/pair/overlap.h"

namespace echofold {

inline constexpr std::size_t short_run_items = 8;  ///< together they cover 3.5 s
/// A run with fewer informative items is not compared.
inline constexpr std::size_t short_run_informative = 4;

/// Items that say little, of a held note or of silence, are alike if at most so many bits differ.
inline constexpr int held_alike_bits = 2;

struct ShortRuns {
  double worst_ber = 0;          ///< corrected BER of the worst run that is compared
  std::uint32_t worst_item = 0;  ///< the item of a where it begins
  std::uint32_t unknown_items =
      0;  ///< items in no such run, and neither silent nor held alike in both tracks
  bool operator==(const ShortRuns&) const = default;
};

/// @param mask_a, mask_b  ~0 for an informative item of a, of b; 0 at both ends of each
/// @param next            on which side of the offset the true alignment is: true if a[i] is between b[j-1] and b[j]
ShortRuns measure_short_runs(Items a, Items b, const Overlap& overlap, std::span<const Item> mask_a,
                             std::span<const Item> mask_b, bool next);

}  // namespace echofold
