// Reads a whole file.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace echofold::test {

/// The bytes of a file; empty if it does not exist. Read in blocks: with a pair of istreambuf_iterator, a test with
/// sanitizers spends half of its time here.
inline std::string read_file(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

}  // namespace echofold::test
