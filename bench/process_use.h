// What this process used so far, as the system counts it.
#pragma once

#include <cstddef>
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

/// Takes so much memory, writes to each page and gives it back: what is taken next is made of the same pages.
///
/// A guest's free pages go back to its host after seconds. Writing to such a page then waits for the host, ten times
/// as long as clearing it takes, and how many of a program's pages are of that kind is a matter of what ran before it.
/// @throws std::bad_alloc
void touch_memory(std::size_t bytes);

}  // namespace echofold::bench
