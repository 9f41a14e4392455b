// A file as a whole.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace echofold::test {

/// The bytes of a file; none where there is no such file. In blocks: a pair of istreambuf_iterator takes a watched
/// test half of its time.
inline std::string read_file(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

}  // namespace echofold::test
