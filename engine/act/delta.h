// How to have old bytes again from new ones: hashes of files, and deltas between them (librsync).
#pragma once

#include <string>

namespace echofold {

/// XXH3-128 of all bytes of the file, as 32 hex digits. @throws Error Fault::io; `what` names the file
std::string bytes_hash(int fd, const std::string& what);

/// Writes to `delta` what makes the bytes of `wanted` out of those of `basis`. Durable when it returns.
/// Descriptors stay the caller's; their positions move.
/// @throws Error Fault::io, Fault::full
void write_delta(int basis, int wanted, int delta, const std::string& what);

/// Writes to `out` what `delta` makes of `basis`.
/// @throws Error Fault::damaged for a delta that is none, Fault::io, Fault::full
void apply_delta(int basis, int delta, int out, const std::string& what);

/// The hash of what apply_delta would write.
std::string hash_by_delta(int basis, int delta, const std::string& what);

}  // namespace echofold
