// The votes of one track: which other tracks have its keys, and at which offset.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/candidates/candidate_index.h"
#include "index/candidates/peaks.h"

namespace echofold {

/// A key to look up, and its position in the probing track.
struct ProbeKey {
  Key key = 0;
  std::uint32_t position = 0;
};

/// Limits of what is looked at for one track; see JoinSettings.
struct VoteLimits {
  std::uint32_t min_votes = 3;
  std::uint32_t peaks = 3;
  std::uint32_t stop_postings = 1000;
  std::uint32_t stop_walk = 256;
  std::uint32_t max_visits = 20'000;
  std::uint32_t min_keys = 48;
};

/// Counts the votes of one track after the other. Keeps its memory between them. Not thread-safe: each thread needs its
/// own.
class VoteCounter {
 public:
  VoteCounter(const CandidateIndex& index, const VoteLimits& limits)
      : index_(index), limits_(limits), peaks_(limits.min_votes, limits.peaks) {}

  /// @param below  only tracks with lower ids are visited
  /// @return       in order of track; valid until the next call. May contain the probing track itself.
  const std::vector<VotedTrack>& count(std::span<const ProbeKey> probes, TrackId below);

 private:
  /// Postings to be visited for one item of the probing track.
  struct Walk {
    PostingRun run;
    std::uint32_t position;
  };

  void look_up(std::span<const ProbeKey> probes);
  void choose_walks(std::span<const ProbeKey> probes);
  void add_walk(const KeyPostings& postings, std::uint32_t position, std::size_t limit);
  void collect_votes(std::uint64_t id_end);
  void count_by_track(std::uint64_t id_end);

  const CandidateIndex& index_;
  VoteLimits limits_;
  PeakFinder peaks_;
  std::vector<Key> keys_;
  std::vector<KeyPostings> found_;
  std::vector<std::uint32_t> by_size_;
  std::vector<Walk> walks_;
  std::size_t visits_ = 0;
  std::vector<std::uint8_t> counts_;  ///< by the low bits of the track id
  std::vector<Vote> votes_;
  std::vector<VotedTrack> result_;
};

}  // namespace echofold
