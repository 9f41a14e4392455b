// Items that lie in the map of a store: giving their memory back.
#pragma once

#include <cstddef>
#include <span>

#include "index/candidates/candidate_index.h"

namespace echofold {

/// Where the items of some tracks lie in the map of the library's file.
class MappedItems {
 public:
  /// @param tracks  their items are those of one Snapshot, which outlives this
  explicit MappedItems(std::span<const IndexedTrack> tracks) noexcept;

  /// What was read of them need not stay in memory: it comes back from the file (as a rule, from the system's cache of
  /// it) when it is touched again. Does no harm to threads that read meanwhile.
  void forget() const noexcept;

 private:
  const std::byte* first_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace echofold
