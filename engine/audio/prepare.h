// Does once per process what reading any file needs.
#pragma once

namespace echofold {

/// Builds the tables of the usual decoders, sample rates and transforms, and makes the dynamic linker resolve what
/// they call, so that processes forked later share all that. Failures are ignored: they recur, and are reported, when
/// a file needs what failed.
void prepare_to_read() noexcept;

}  // namespace echofold
