// The streams of a file besides the one that is fingerprinted: how many there are, and a hash of their contents.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

#include "engine/audio/input.h"
#include "index/model/record.h"

namespace echofold {

/// Counts moving pictures, further audio, subtitles and data. Does not count covers (marked as such, or a stream of
/// one picture), time code, or chapter titles, which are counted as chapters.
///
/// Costs nothing if there are none. Otherwise the file is read once more, without decoding: while it is opened for
/// its audio, libav drops the first seconds of all other streams.
/// @param input  of the same file; it chose the stream that is fingerprinted
/// @param fd     read with pread
/// @param all    read everything; otherwise only enough to count the streams, and their hash stays unknown
/// @param seed   of the hash
/// @return the counts and the hash; the other fields are left at their defaults
/// @throws Error Fault::io, Fault::interrupted
FileContents read_other_streams(const Input& input, int fd, std::string_view extension, bool all,
                                std::uint64_t seed, const std::stop_token& stop);

}  // namespace echofold
