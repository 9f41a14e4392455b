// Votes of one track against all that stand before it in the library.
#pragma once

#include <cstdint>
#include <vector>

#include "index/key_table.h"
#include "index/peaks.h"
#include "index/votes.h"

namespace echofold {

/// As VoteCounter, for the table of a whole library. Keeps its memory between tracks: one a thread.
class LibraryVotes {
 public:
  LibraryVotes(const KeyTable& table, const VoteLimits& limits)
      : table_(table), limits_(limits), peaks_(limits.min_votes, limits.peaks) {}

  /// @param number  of the track that `items` belong to: only lower numbers are visited
  /// @return        VotedTrack::track is a number; in order; valid until the next call
  const std::vector<VotedTrack>& count(std::uint32_t number, Items items);

 private:
  /// Postings to be visited for one item of the track.
  struct Walk {
    KeyTable::List list;
    std::uint32_t position = 0;
  };

  void look_up(Items items);
  void choose_walks();
  bool choose_telling();
  void count_by_track(std::uint32_t end);
  void collect_votes();

  const KeyTable& table_;
  VoteLimits limits_;
  PeakFinder peaks_;
  std::vector<FiledItem> filed_;
  std::vector<Walk> walks_;
  std::size_t visits_ = 0;
  std::vector<std::uint32_t> sizes_;
  std::vector<std::uint8_t> counts_;  ///< by the low bits of the track's number
  std::vector<Vote> votes_;
  std::vector<VotedTrack> result_;
};

}  // namespace echofold
