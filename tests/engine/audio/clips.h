// Real audio for tests: the committed clip, and what ffmpeg makes from it at test time.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "engine/audio/read_track.h"
#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"

namespace echofold::test {

inline std::filesystem::path clip() { return nebula(); }

inline bool have_tool(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

inline std::string quoted(const std::filesystem::path& path) {
  std::string text("'");  // not "'" + ...: GCC 12 warns about its own operator
  text += path.string();
  text += '\'';
  return text;
}

/// Runs ffmpeg with `options` from the clip (or from `input`) to `out`.
inline void make_clip(const std::filesystem::path& out, const std::string& options,
                      const std::string& input = "-i " + quoted(clip())) {
  const std::string command =
      "ffmpeg -nostdin -v error -y " + input + " -map_metadata 0:s:0 " + options + " " + quoted(out);
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

inline AudioTrack read_track_of(const std::filesystem::path& path, std::chrono::seconds limit = {}) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::runtime_error("cannot open " + path.string());
  const struct Closer {
    int fd;
    ~Closer() { close(fd); }
  } closer{fd};
  const std::string extension = path.extension().string();
  return read_track(fd, extension.empty() ? extension : extension.substr(1), {limit});
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace echofold::test
