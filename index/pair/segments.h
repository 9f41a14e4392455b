// Finds which stretches of a pair match at which offset: the parts of a recording that are in an edit of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// The overlap at one offset is compared in blocks of so many items of a (8 s). The blocks at the ends are shorter.
inline constexpr std::size_t match_block_items = 64;

/// Plain bit errors of one block.
struct BlockErrors {
  std::uint16_t items = 0, bits = 0;

  double ber() const noexcept { return bits / static_cast<double>(items * item_bits); }
  /// True for a bit error rate of up to 1/4 over at least half a block.
  bool matches() const noexcept;
};

struct Blocks {
  std::uint64_t bits = 0;  ///< plain bit errors over the whole overlap
  std::size_t first = 0;   ///< errors[k] is block first + k of a
  std::vector<BlockErrors> errors;

  bool any_match() const noexcept;
};

Blocks compare_blocks(Items a, Items b, std::int32_t offset_items);

/// Runs of matching blocks at the offsets `others`, among the items that do not match at `main`: longest first, then by
/// offset, at most 8. No run shares most of its items, of a or of b, with one before it or with `main`.
std::vector<Segment> find_segments(Items a, Items b, std::int32_t main, std::span<const std::int32_t> others);

}  // namespace echofold
