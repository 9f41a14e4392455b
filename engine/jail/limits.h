// The resources that one file may use.
#pragma once

#include <chrono>
#include <cstdint>

namespace echofold {

/// Generous for music: the slowest codecs need a second of processor time for some megabytes. A file that needs more
/// is not music.
struct JailLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  ///< in addition to what the program has mapped itself
  std::chrono::seconds cpu{10};                         ///< for every file; larger files get more:
  std::uint64_t bytes_a_cpu_second = 64U << 10;         ///< one more second per this many bytes
  std::chrono::seconds wall{15};
  std::uint64_t bytes_a_wall_second = 16U << 10;  ///< slow disks and shares are not the file's fault

  std::chrono::seconds cpu_of(std::uint64_t size_bytes) const noexcept {
    return cpu + std::chrono::seconds(size_bytes / bytes_a_cpu_second);
  }
  std::chrono::seconds wall_of(std::uint64_t size_bytes) const noexcept {
    return wall + std::chrono::seconds(size_bytes / bytes_a_wall_second);
  }
};

}  // namespace echofold
