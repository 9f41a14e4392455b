// File names without their extensions, which are at most 16 bytes.
#pragma once

#include <string>

namespace echofold {

/// "song" of "song.flac".
std::string stem_of(const std::string& name);

/// "/m/song" of "/m/song.flac".
std::string path_without_extension(const std::string& path);

}  // namespace echofold
