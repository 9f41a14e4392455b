// Deltas between files (librsync), which turn new bytes back into old ones, and hashes of whole files.
#pragma once

#include <string>

namespace echofold {

/// XXH3-128 of all bytes of the file, as 32 hex digits. @throws Error Fault::io; `what` names the file
std::string bytes_hash(int fd, const std::string& what);

/// Writes to `delta` what turns the bytes of `basis` into those of `wanted`. Durable when it returns.
/// Descriptors stay the caller's; their positions move.
/// @throws Error Fault::io, Fault::full
void write_delta(int basis, int wanted, int delta, const std::string& what);

/// Applies `delta` to `basis` and writes the result to `out`.
/// @throws Error Fault::damaged if the delta is invalid, Fault::io, Fault::full
void apply_delta(int basis, int delta, int out, const std::string& what);

/// The hash of what apply_delta would write.
std::string hash_by_delta(int basis, int delta, const std::string& what);

}  // namespace echofold
