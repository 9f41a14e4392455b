// From votes at offsets to the few offsets worth an alignment.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// One key that another track has, too.
struct Vote {
  TrackId track = 0;
  std::int32_t offset = 0;  ///< position there - position here
};

/// Another track with at least min_votes votes at one offset and its two neighbours.
struct VotedTrack {
  TrackId track = 0;
  std::uint32_t votes = 0;            ///< of the best peak
  std::vector<std::int32_t> offsets;  ///< position there - position here; best peak first
};

/// Keeps its memory between calls: one a thread.
class PeakFinder {
 public:
  /// @param min_votes  at one offset and its two neighbours, for the best peak; the others need 2
  /// @param most       offsets of one track
  PeakFinder(std::uint32_t min_votes, std::uint32_t most) : min_votes_(min_votes), most_(most) {}

  /// Appends to `out` the tracks that have a peak, in ascending order. Reorders `votes`.
  void find(std::vector<Vote>& votes, std::vector<VotedTrack>& out);

 private:
  struct Tally {
    std::int32_t offset;
    std::uint32_t votes;      ///< at this offset
    std::uint32_t with_next;  ///< and its neighbours
  };
  void tally_offsets(std::span<const Vote> votes_of_track);
  void judge_track(std::span<const Vote> votes_of_track, std::vector<VotedTrack>& out);

  std::uint32_t min_votes_, most_;
  std::vector<Tally> tallies_;
};

}  // namespace echofold
