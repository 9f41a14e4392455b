// Decodes two copies side by side and compares what a listener would hear (docs/MATCHING.md, "Listening").
#pragma once

#include <stop_token>
#include <string_view>

#include "index/model/heard.h"

namespace echofold {

struct ListenSettings {
  double offset_s = 0;  ///< what the fingerprints say: b begins at this time of a
  double speed =
      1;  ///< likewise: b plays so many times as fast as a. Other than 1, the exact speed is found first
};

/// One of two files to listen to.
struct ListenFile {
  int fd = -1;                 ///< open for reading and seekable; read with pread, neither closed nor moved
  std::string_view extension;  ///< lower case without the dot; only a hint
  bool is_pipe = false;        ///< fd is a pipe: another process decodes the file (StereoReader::of_pipe())
};

/// Decodes both in step and compares them to the end of the shorter one. At another speed b is resampled to that of a,
/// and its times are those of a; both are decoded twice, so neither can be a pipe. Memory is bounded, whatever their
/// length.
/// @throws Error  Fault::unsupported if one has no audio that libav can decode, Fault::io, Fault::interrupted.
///                Messages do not name the file: the caller does
/// Thread-safe: concurrent calls share no state.
Heard listen(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
             const std::stop_token& stop);

}  // namespace echofold
