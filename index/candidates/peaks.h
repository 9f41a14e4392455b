// Finds, in the votes for offsets, the few offsets that are worth an alignment.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// A vote: another track has one of the keys, too, at this offset.
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

/// Keeps its memory between calls. Not thread-safe: each thread needs its own.
class PeakFinder {
 public:
  /// @param min_votes  that the best peak needs at one offset and its two neighbours; the other peaks need 2
  /// @param most       peaks of one track
  PeakFinder(std::uint32_t min_votes, std::uint32_t most) : min_votes_(min_votes), most_(most) {}

  /// Appends to `out` the tracks that have a peak, in ascending order. Reorders `votes`.
  void find(std::vector<Vote>& votes, std::vector<VotedTrack>& out);

 private:
  struct Tally {
    std::int32_t offset;
    std::uint32_t votes;      ///< at this offset
    std::uint32_t with_next;  ///< at this offset and its neighbours
  };
  void tally_offsets(std::span<const Vote> votes_of_track);
  void judge_track(std::span<const Vote> votes_of_track, std::vector<VotedTrack>& out);

  std::uint32_t min_votes_, most_;
  std::vector<Tally> tallies_;
};

}  // namespace echofold
