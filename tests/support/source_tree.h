// Finds files of the source tree.
#pragma once

#include <filesystem>

namespace echofold::test {

/// The top of the source tree, absolute. Not derived from __FILE__, which a compiler cache may have made relative.
std::filesystem::path source_tree();

/// tests/data/nebula.ogg: 12 s of music, Vorbis, stereo, 44.1 kHz; artist and title set.
inline std::filesystem::path nebula() { return source_tree() / "tests/data/nebula.ogg"; }

}  // namespace echofold::test
