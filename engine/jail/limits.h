// The resources that one file, or two, may use.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

namespace echofold {

/// What one process may use.
struct JobLimits {
  std::uint64_t memory_bytes = 0;  ///< in addition to what the program has mapped itself
  std::chrono::seconds cpu{0}, wall{0};
};

/// Generous for music: the slowest codecs need a second of processor time for some megabytes. A file that needs more
/// is not music.
struct JailLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  ///< for every file
  std::chrono::seconds cpu{10};                         ///< for every file; larger files get more:
  std::uint64_t bytes_a_cpu_second = 64U << 10;         ///< one more second per this many bytes
  std::chrono::seconds wall{15};
  std::uint64_t bytes_a_wall_second = 16U << 10;  ///< slow disks and shares are not the file's fault

  /// The sum of what each file gets: a process has a decoder for each, and a file that can be read on its own must
  /// not run into a limit because of what the other one needs. The comparison needs no limit of its own: two
  /// FLAC files of an hour of silence, which have few bytes for their length, use less than a tenth of the processor
  /// time and memory that they get.
  JobLimits of_files(std::span<const std::uint64_t> sizes_bytes) const noexcept {
    JobLimits sum;
    for (const std::uint64_t size_bytes : sizes_bytes) {
      sum.memory_bytes += memory_bytes;
      sum.cpu += cpu + std::chrono::seconds(size_bytes / bytes_a_cpu_second);
      sum.wall += wall + std::chrono::seconds(size_bytes / bytes_a_wall_second);
    }
    return sum;
  }
};

}  // namespace echofold
