// Finds the pages of the items and calls madvise.
#include "index/join/mapped_items.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <functional>

namespace echofold {

MappedItems::MappedItems(std::span<const IndexedTrack> tracks) noexcept {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto start_of_page = [&](const void* at) {
    return static_cast<const std::byte*>(at) - reinterpret_cast<std::uintptr_t>(at) % page;
  };
  const std::less<const std::byte*> before;
  const std::byte* end = nullptr;
  for (const IndexedTrack& track : tracks) {
    if (track.items.empty()) continue;
    const std::byte* const from = start_of_page(track.items.data());
    const std::byte* const to = start_of_page(track.items.data() + track.items.size());
    if (first_ == nullptr || before(from, first_)) first_ = from;
    if (end == nullptr || before(end, to)) end = to;
  }
  bytes_ = static_cast<std::size_t>(end - first_);
}

void MappedItems::forget() const noexcept {
  // In a read-only mapping of a file, this drops only entries of this process's page table.
  if (bytes_ > 0) madvise(const_cast<std::byte*>(first_), bytes_, MADV_DONTNEED);
}

}  // namespace echofold
