// The fuzz targets: each parser of bytes that come from a disk, another program or a user. libfuzzer.cpp passes
// inputs of libFuzzer to one target; replay.cpp runs all targets with seeds, mutations of them and old findings.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace echofold::fuzz {

struct Target {
  const char* name;
  /// For any bytes it must throw an Error, or return a result that keeps the parser's promises. Anything else ends
  /// the process.
  void (*run)(std::string_view bytes);
  /// What the program itself writes.
  std::vector<std::string> (*seeds)();
};

extern const Target records, items, pages, plan, journal, answer, import_line, config, labels, payload,
    playlist, name_template, lookup;

/// `text` repeated `count` times: enough to nest deeper than any stack allows.
inline std::string repeated(std::size_t count, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}
inline constexpr std::size_t deep_levels = 100'000;

/// Ends the process, as a crash would.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// A temporary file with these bytes, in memory if possible.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes)
      : path_(access("/dev/shm", W_OK) == 0 ? "/dev/shm/echofold-fuzz-XXXXXX" : "/tmp/echofold-fuzz-XXXXXX") {
    const int fd = mkstemp(path_.data());
    if (fd < 0 || write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      throw std::runtime_error("no room for a file");
    close(fd);
  }
  ~MemoryFile() { unlink(path_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace echofold::fuzz
