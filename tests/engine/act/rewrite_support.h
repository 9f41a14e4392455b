// Rewrites in a small library: bytes that are added to a file as a tag writer would.
#pragma once

#include <unistd.h>

#include <functional>
#include <string>

#include "engine/act/rewrite.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::test {

/// Bytes that no compressor shortens, so that a delta has something to find again.
inline std::string noise(std::uint32_t seed, std::size_t count) {
  std::string bytes(count, '\0');
  for (char& c : bytes) {
    seed = seed * 1664525u + 1013904223u;
    c = static_cast<char>(seed >> 24);
  }
  return bytes;
}

inline std::string all_of(int fd) {
  std::string bytes(static_cast<std::size_t>(lseek(fd, 0, SEEK_END)), '\0');
  if (pread(fd, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("can't read it all");
  return bytes;
}

/// Puts `head` before the bytes of the file, and proves it.
inline NewBytes with_head(const std::string& head, const std::optional<Tags>& tags = {}) {
  NewBytes bytes;
  bytes.change = [head](int copy) {
    const std::string all = head + all_of(copy);
    if (pwrite(copy, all.data(), all.size(), 0) != static_cast<ssize_t>(all.size()))
      throw system_error(errno, "the copy");
  };
  bytes.verify = [head, tags](int file, int copy) {
    EXPECT_EQ(all_of(copy), head + all_of(file));
    return tags;
  };
  return bytes;
}

inline RewriteOrder order_for(const TrackRecord& track, RewriteKind kind = RewriteKind::tags) {
  return {track.path, track.stamp, track.id, kind, false};
}

}  // namespace echofold::test
