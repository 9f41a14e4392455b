// Decodes a file once for several processes.
#pragma once

#include <span>
#include <stop_token>
#include <string_view>

namespace echofold {

/// Decodes the file and writes its frames to all pipes, for StereoReader::of_pipe() of other processes. The slowest
/// reader sets the pace. A reader that is gone, or that takes nothing for a minute, is left out; the others go on. The
/// stream of a reader that was left out, and of all if this throws, has no end mark. Memory is bounded, whatever the
/// length of the file. Returns early if no reader is left.
///
/// The caller must ignore SIGPIPE.
/// @param fd, extension  as for StereoReader
/// @param pipes    open for writing, with O_NONBLOCK; not closed
/// @throws Error   as StereoReader, and as its read()
void share_frames(int fd, std::string_view extension, std::span<const int> pipes,
                  const std::stop_token& stop);

}  // namespace echofold
