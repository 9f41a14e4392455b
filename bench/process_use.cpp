#include "bench/process_use.h"

#include <sys/resource.h>

#include <fstream>
#include <string>

#include "index/base/error.h"
#include "index/join/huge_array.h"

namespace echofold::bench {
namespace {

rusage used_by_self() noexcept {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used;
}

double seconds_of(const timeval& time) noexcept {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

double cpu_seconds() noexcept {
  const rusage used = used_by_self();
  return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

std::int64_t peak_mb() noexcept { return used_by_self().ru_maxrss / 1024; }

double memory_mb(std::string_view field) {
  std::ifstream in("/proc/self/status");
  for (std::string name; in >> name;)
    if (double kb = 0; name == std::string(field) + ":" && in >> kb) return kb / 1024;
  throw Error(Fault::io, "/proc/self/status has no " + std::string(field));
}

void touch_memory(std::size_t bytes) {
  constexpr std::size_t least_page_bytes = 4096;
  HugeArray<std::byte> memory(bytes);
  volatile std::byte* const pages = memory.data();  // volatile: unread memory must still be written
  for (std::size_t at = 0; at < bytes; at += least_page_bytes) pages[at] = std::byte{1};
}

}  // namespace echofold::bench
