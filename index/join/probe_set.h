// The ids of the probes, and which pairs each probe has to visit.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "index/candidates/candidate_index.h"

namespace echofold {

/// So each pair of two probes is visited once.
class ProbeSet {
 public:
  /// @param indexed  ascending
  ProbeSet(std::span<const IndexedTrack> probes, const std::vector<TrackId>& indexed) {
    for (const IndexedTrack& probe : probes) ids_.push_back(probe.id);
    std::sort(ids_.begin(), ids_.end());
    is_all_ = std::includes(ids_.begin(), ids_.end(), indexed.begin(), indexed.end());
  }

  /// The end of the ids that `self` has to visit. Where all tracks are probes, a later probe will visit `self`.
  TrackId end_for(TrackId self) const noexcept { return is_all_ ? self : ~TrackId{0}; }

  bool is_due(TrackId self, TrackId other) const noexcept {
    return other < self || (other > self && !std::binary_search(ids_.begin(), ids_.end(), other));
  }

 private:
  std::vector<TrackId> ids_;
  bool is_all_ = false;
};

}  // namespace echofold
