// All pairs of the library, new tracks against the library, one fingerprint against the library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "index/candidate_index.h"
#include "index/evidence.h"
#include "index/fingerprint.h"
#include "index/progress.h"
#include "index/relation.h"

namespace echofold {

struct JoinSettings {
  std::uint32_t min_votes = 4;          ///< aligned within one item
  std::uint32_t min_votes_alike = 3;    ///< enough where the durations agree to `alike_duration_s`
  double alike_duration_s = 3.0;
  std::uint32_t offsets_per_pair = 3;   ///< peaks of the vote histogram that are verified
  std::uint32_t stop_tracks = 1000;     ///< a key filed by more tracks says nothing ...
  int second_probe_radius = 1;          ///< for tracks that found nothing: every item, this many flips of the key; -1: no second probe
  Thresholds thresholds;
};

/// Two tracks that share aligned postings. a < b.
struct Candidate {
  TrackId a = 0, b = 0;
  std::uint32_t votes = 0;            ///< at the best offset and its neighbours
  std::vector<std::int32_t> offsets;  ///< best first, as Evidence::offset_items of (a, b)
};

struct MatchedPair {
  TrackId a = 0, b = 0;  ///< a < b
  Evidence evidence;     ///< never one that `judge` calls unrelated
};

/// Where items come from: the store's snapshot, or an array in tests. Called from many threads at once.
using ItemsOf = std::function<Items(TrackId)>;

/// Candidates of each probe track against everything in the index. A pair of two probe tracks comes once.
/// Sorted by (a, b); the same for every thread count.
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<Candidate> find_candidates(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                       const ItemsOf& items_of, const JoinSettings& settings,
                                       const Progress& progress = {}, std::stop_token stop = {});

/// Aligns and measures candidates; keeps what is not unrelated. Order of the candidates.
std::vector<MatchedPair> verify(std::span<const Candidate> candidates, const ItemsOf& items_of,
                                const JoinSettings& settings, const Progress& progress = {},
                                std::stop_token stop = {});

/// find_candidates, verify, and the second, costlier probe for tracks that found nothing.
std::vector<MatchedPair> join(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                              const ItemsOf& items_of, const JoinSettings& settings,
                              const Progress& progress = {}, std::stop_token stop = {});

}  // namespace echofold
