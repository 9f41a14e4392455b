// Whole alignments with the kernel in use (ECHOFOLD_SIMD).
#pragma once

namespace echofold {

/// best_alignment of two tracks of 2,000 items at three offered offsets, unrelated and related.
void register_alignments();

}  // namespace echofold
