// All pairs of the library, new tracks against the library, one fingerprint against the library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/join/join_cost.h"
#include "index/model/evidence.h"
#include "index/model/fingerprint.h"
#include "index/pair/align.h"
#include "index/pair/relation.h"

namespace echofold {

struct JoinSettings {
  std::uint32_t min_votes = 4;        ///< aligned within one item
  std::uint32_t min_votes_alike = 3;  ///< enough where the durations agree to `alike_duration_s`
  double alike_duration_s = 3.0;
  std::uint32_t offsets_per_pair = 3;  ///< peaks of the vote histogram that are verified
  std::uint32_t stop_tracks = 1000;    ///< a key with more postings is a stop key: it says nothing ...
  std::uint32_t stop_walk = 256;  ///< ... but a track left with fewer than KeySettings::min_keys keys has so
                                  ///< many postings of its rarest stop keys walked, lowest ids first
  std::uint32_t max_visits = 20'000;  ///< postings one track may look at, by its rarest keys first; beyond
                                      ///< them keys count as stop keys
  std::uint32_t max_candidates = 64;  ///< of one track: strong ones before weak, then the lowest ids, so that
                                      ///< many copies of one recording all meet at the same few tracks
  int second_probe_radius = 1;  ///< for tracks that found nothing: every item, this many flips of the key;
                                ///< -1: no second probe
  std::uint32_t second_probe_max_tracks = 20'000;   ///< no second probe when more tracks than this found
                                                    ///< nothing: it costs about 30 first probes a track, and
                                                    ///< in a large library most tracks have no copy
  std::uint32_t second_probe_max_visits = 100'000;  ///< as max_visits
  /// In a library of at most so many tracks all are looked at once more, by votes of short keys (short_key_votes.h):
  /// versions that keep no key of 26 bits. Its cost grows with probes times library. 0: no third probe.
  std::uint32_t third_probe_max_library = 5'000;
  std::uint32_t third_probe_votes = 4;
  std::uint32_t third_probe_offsets =
      8;  ///< as offsets_per_pair: with so few votes the right peak may be low
  double third_probe_hopeless_ber = 0.39;  ///< as best_alignment's; the first two use its usual one
  /// What join_library files: longer keys than an index of the same library, since its lists are walked for all
  /// tracks. And what it may look at: a bound that keeps the cost of a track the same in every library.
  KeySettings library_keys{.mask = 0xFFFEEBEFu};
  std::uint32_t library_max_visits = 1'000;
  std::uint32_t library_stop_walk = 12;  ///< as stop_walk, of stop keys
  /// As max_candidates, of a track most of whose keys have more than stop_walk postings: one of hundreds of copies of
  /// one recording, which all meet at the same few, or near silence, which no alignment can judge.
  std::uint32_t library_max_of_many = 3;
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

/// Candidates of each probe track against everything in the index. A pair of two probe tracks comes once, a
/// track never with itself. Sorted by (a, b); the same for every thread count.
/// @param probes  each id once; they need not be in the index, but only what is in it can be found
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<Candidate> find_candidates(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                       const ItemsOf& items_of, const JoinSettings& settings,
                                       const Progress& progress = {}, const std::stop_token& stop = {});

/// Aligns and measures candidates; keeps what is not unrelated. Order of the candidates.
std::vector<MatchedPair> verify(std::span<const Candidate> candidates, const ItemsOf& items_of,
                                const JoinSettings& settings, const Progress& progress = {},
                                const std::stop_token& stop = {}, double hopeless_ber = usual_hopeless_ber);

/// find_candidates, verify, and two costlier probes. The second, for tracks that found nothing: every telling item
/// under its own key, and under each sampled key within second_probe_radius flips. The third, for all in a small
/// library: every telling item under a short key, against each track. Sorted by (a, b).
std::vector<MatchedPair> join(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                              const ItemsOf& items_of, const JoinSettings& settings,
                              const Progress& progress = {}, const std::stop_token& stop = {});

/// All pairs among `tracks`, by keys in memory instead of an index: the way for large libraries. Candidates
/// are verified where they are found. Sorted by (a, b); the same for every thread count.
///
/// Needs 10 to 17 bytes for each filed item (a quarter of all items); no second or third probe.
/// @param tracks  each id once, ascending
/// @param cost    is told what was done and how long each stage took, if not null
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<MatchedPair> join_library(std::span<const IndexedTrack> tracks, const JoinSettings& settings,
                                      const Progress& progress = {}, const std::stop_token& stop = {},
                                      JoinCost* cost = nullptr);

}  // namespace echofold
