// Gives back the memory of items in the map of a store.
#pragma once

#include <cstddef>
#include <span>

#include "index/candidates/candidate_index.h"

namespace echofold {

/// The range of the library's map that contains the items of some tracks.
class MappedItems {
 public:
  /// @param tracks  with items of one Snapshot, which must outlive this object
  explicit MappedItems(std::span<const IndexedTrack> tracks) noexcept;

  /// Takes the items out of this process's memory. They are read again from the file (as a rule, from the system's
  /// cache) when they are touched. Safe while other threads read them.
  void forget() const noexcept;

 private:
  const std::byte* first_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace echofold
