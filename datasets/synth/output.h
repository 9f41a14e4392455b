// Writes a synthetic library to files, or directly into a store.
#pragma once

#include <filesystem>

#include "datasets/synth/library.h"
#include "index/store/store.h"

namespace echofold::synth {

/// `<dir>/fingerprints.ndjson`: input for `echofold import`, in the order of the tracks. 10 bytes per item.
/// @throws Error  Fault::io, Fault::full
void write_ndjson(const SyntheticLibrary& library, const std::filesystem::path& dir);

/// `<dir>/fingerprints.bin`: for each track a u32 count of items, then the items, little endian.
/// @throws Error  Fault::io, Fault::full
void write_words(const SyntheticLibrary& library, const std::filesystem::path& dir);

/// `<dir>/truth.csv`: the pairs that must be found, with the columns a,b,kind.
/// @throws Error  Fault::io, Fault::full
void write_truth(const SyntheticLibrary& library, const std::filesystem::path& dir);

/// The same as `echofold import` of the NDJSON, but directly. Track n gets the id n + 1 in an empty store.
/// @throws Error  Fault::io, Fault::full
void fill_store(Store& store, const SyntheticLibrary& library);

}  // namespace echofold::synth
