// Decodes two copies side by side and compares what a listener would hear.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "engine/audio/stereo_reader.h"
#include "engine/listen/differences.h"
#include "index/model/heard.h"

namespace echofold {

struct ListenSettings {
  double offset_s = 0;  ///< what the fingerprints say: b begins at this time of a
};

/// Some minutes of both, compared.
struct HeardPart {
  double begin_a_s = 0;  ///< of the first frame, in a
  double frames_per_s = 0;
  Differences differences;
};

struct ListenResult {
  int rate_hz = 0;
  double offset_s = 0;    ///< to the sample
  bool lined_up = false;  ///< false: offset_s is that of the settings, the sound gave none
  float line_up_height = 0;
  double compared_s = 0;
};

/// @param on_part  gets the parts in order, each at most ten minutes long
/// @throws Error as StereoReader
ListenResult listen(StereoReader& a, StereoReader& b, const ListenSettings& settings,
                    const std::function<void(const HeardPart&)>& on_part);

/// One of two files to listen to.
struct ListenFile {
  int fd = -1;                 ///< open for reading and seekable; read with pread, neither closed nor moved
  std::string_view extension;  ///< lower case without the dot; only a hint
};

/// Decodes both in step and compares them to the end of the shorter one. Memory is bounded, whatever their length.
/// @throws Error  Fault::unsupported if one has no audio that libav can decode, Fault::io, Fault::interrupted.
///                Messages do not name the file: the caller does
/// Thread-safe: concurrent calls share no state.
Heard listen(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
             const std::stop_token& stop);

}  // namespace echofold
