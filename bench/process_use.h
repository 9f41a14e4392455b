// The resources that this process has used so far, as the system counts them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace echofold::bench {

/// User and system time of all threads.
double cpu_seconds() noexcept;

/// Peak resident memory, including pages of mapped files; MiB.
std::int64_t peak_mb() noexcept;

/// Current memory according to /proc/self/status; MiB.
/// @param field   "VmRSS" (resident), "RssAnon" (the part that is not of mapped files), ...
/// @throws Error  Fault::io if there is no such field
double memory_mb(std::string_view field);

/// Allocates this much memory, writes to each page and frees it: later allocations reuse the same pages.
///
/// A virtual machine's free pages go back to its host after seconds. Writing to such a page then waits for the host,
/// ten times as long as clearing it takes, and how many of a program's pages are affected depends on what ran before
/// it.
/// @throws std::bad_alloc
void touch_memory(std::size_t bytes);

}  // namespace echofold::bench
