// What one file may cost.
#pragma once

#include <chrono>
#include <cstdint>

namespace echofold {

/// Generous for music: the slowest codecs need a second of processor time for some megabytes. A file that
/// takes more is not music.
struct JailLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  ///< beyond what the program has mapped itself
  std::chrono::seconds cpu{10};                         ///< of any file, and the longer the larger it is:
  std::uint64_t bytes_a_cpu_second = 64U << 10;         ///< a further second for so much
  std::chrono::seconds wall{15};
  std::uint64_t bytes_a_wall_second = 16U << 10;  ///< slow disks and shares are no fault of the file

  std::chrono::seconds cpu_of(std::uint64_t size_bytes) const noexcept {
    return cpu + std::chrono::seconds(size_bytes / bytes_a_cpu_second);
  }
  std::chrono::seconds wall_of(std::uint64_t size_bytes) const noexcept {
    return wall + std::chrono::seconds(size_bytes / bytes_a_wall_second);
  }
};

}  // namespace echofold
