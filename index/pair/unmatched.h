// What of two tracks lies outside their overlap.
#pragma once

#include <cstddef>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// The items from .. to - 1 of one track.
struct ItemRange {
  std::size_t from = 0, to = 0;

  std::size_t count() const noexcept { return to - from; }
};

/// Sets unmatched_head_s and unmatched_tail_s: the audible seconds that only one of the two has, before and after the
/// overlap.
/// @param in_a, in_b  the overlap in each
void set_unmatched(Evidence& evidence, Items a, Items b, const ItemRange& in_a,
                   const ItemRange& in_b) noexcept;

}  // namespace echofold
