// What reading any file needs once in a process.
#pragma once

namespace echofold {

/// Builds the tables of the usual decoders, sample rates and transforms, and has the dynamic linker look up what they
/// call, so that processes forked from here share all that. Advice: what fails here fails again, and is reported, where
/// a file needs it.
void prepare_to_read() noexcept;

}  // namespace echofold
