// What this process used so far, as the system counts it.
#pragma once

#include <cstdint>
#include <string_view>

namespace echofold::bench {

/// User and system time of all its threads.
double cpu_seconds() noexcept;

/// The most memory that was resident at once, pages of mapped files among it; MiB.
std::int64_t peak_mb() noexcept;

/// Memory as /proc/self/status has it now; MiB.
/// @param field   "VmRSS" (resident), "RssAnon" (of these, what is no mapped file's), ...
/// @throws Error  Fault::io if there is no such field
double memory_mb(std::string_view field);

}  // namespace echofold::bench
