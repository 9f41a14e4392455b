// The streams of a file beside the one that is fingerprinted: how many, and a hash of what is in them.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

#include "engine/audio/input.h"
#include "index/model/record.h"

namespace echofold {

/// Counts moving pictures, further audio, subtitles and data. No covers, be they marked as such or a stream of one
/// picture; no time code, and no titles of chapters, which are counted as those.
///
/// Costs nothing where there are none. Where there are, the file is read once more, without decoding: while it is
/// opened for its audio, libav drops the first seconds of all other streams.
/// @param input  of the same file, which chose the stream that is fingerprinted
/// @param fd     read with pread
/// @param all    read everything; else only so much that the streams can be counted, and their hash stays unknown
/// @param seed   of the hash
/// @return the counts and the hash; the rest of it is as if nothing was found
/// @throws Error Fault::io, Fault::interrupted
FileContents read_other_streams(const Input& input, int fd, std::string_view extension, bool all,
                                std::uint64_t seed, const std::stop_token& stop);

}  // namespace echofold
