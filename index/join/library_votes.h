// The votes of one track against all tracks before it in the library.
#pragma once

#include <cstdint>
#include <vector>

#include "index/candidates/peaks.h"
#include "index/candidates/votes.h"
#include "index/join/key_table.h"

namespace echofold {

/// Counts as VoteCounter does, for the key table of a whole library. Keeps its memory between tracks. Not thread-safe:
/// each thread needs its own.
class LibraryVotes {
 public:
  /// @param stop_walk  for stop keys; limits.stop_walk is for lists that are only longer than the visits that are left
  LibraryVotes(const VoteLimits& limits, std::uint32_t stop_walk)
      : limits_(limits), stop_walk_(stop_walk), peaks_(limits.min_votes, limits.peaks) {}

  /// @param entries  of a track, from KeyTable::Reader; only those that are walked stay in it
  /// @param filed    the number of filed items of the track
  /// @return         in order; VotedTrack::track is a track's number; valid until the next call
  const std::vector<VotedTrack>& count(std::vector<KeyTable::Entry>& entries, std::size_t filed);

  /// About the last call: how many postings were visited, and whether most lists of the track were longer than
  /// limits.stop_walk. Then the track is one of hundreds that are alike, or has next to no sound.
  std::size_t visits() const noexcept { return visits_; }
  bool is_one_of_many() const noexcept { return is_one_of_many_; }

 private:
  using Walks = std::vector<KeyTable::Entry>;

  void choose(Walks& walks, std::size_t alone);
  bool choose_telling(Walks& walks, std::size_t alone);
  void gather(const Walks& walks);
  void count_by_track();
  void collect_votes(const Walks& walks);

  VoteLimits limits_;
  std::uint32_t stop_walk_;
  PeakFinder peaks_;
  std::size_t visits_ = 0;
  bool is_one_of_many_ = false;
  std::vector<std::uint32_t> sizes_;
  std::vector<std::uint32_t> tracks_;  ///< of all lists, one after the other
  std::vector<std::uint8_t> counts_;   ///< by the low bits of the track's number
  std::vector<std::uint32_t> hits_;    ///< places in tracks_ whose track may have enough votes
  std::size_t hit_count_ = 0;
  /// The place of a hit: which of the walks, and the index in its list.
  struct Posting {
    std::uint32_t walk, at;
  };
  std::vector<Posting> postings_;
  std::vector<Vote> votes_;
  std::vector<VotedTrack> result_;
};

}  // namespace echofold
