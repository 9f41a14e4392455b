// A file's time in s and ns. File systems have years before 1677 and after 2262, which 64 bits of ns can't express.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <ctime>
#include <limits>
#include <optional>

namespace echofold {

struct FileTime {
  std::int64_t seconds = 0;  ///< since 1970
  std::int64_t ns = 0;       ///< 0 .. 999'999'999, added to `seconds`

  bool operator==(const FileTime&) const = default;
};

inline constexpr std::int64_t ns_per_second = 1'000'000'000;

constexpr FileTime file_time_of_ns(std::int64_t ns) noexcept {
  const std::int64_t rest = (ns % ns_per_second + ns_per_second) % ns_per_second;
  return {ns / ns_per_second - (ns % ns_per_second < 0 ? 1 : 0), rest};
}

/// In ns since 1970; nothing where 64 bits are too few.
constexpr std::optional<std::int64_t> ns_of(const FileTime& time) noexcept {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / ns_per_second - 1;
  if (time.seconds > most || time.seconds < -most) return std::nullopt;
  return time.seconds * ns_per_second + time.ns;
}

inline FileTime mtime_of(const struct stat& status) noexcept {
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// The time of a file, but only where Stamp::mtime_ns can't express it.
inline std::optional<FileTime> far_mtime_of(const struct stat& status) noexcept {
  const FileTime time = mtime_of(status);
  return ns_of(time) ? std::nullopt : std::optional(time);
}

inline timespec timespec_of(const FileTime& time) noexcept {
  return {static_cast<time_t>(time.seconds), static_cast<long>(time.ns)};
}

}  // namespace echofold
