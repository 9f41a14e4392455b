// Joins: all pairs of the library, new tracks against the library, one fingerprint against the library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/model/evidence.h"
#include "index/model/fingerprint.h"
#include "index/pair/align.h"
#include "index/pair/relation.h"

namespace echofold {

struct JoinSettings {
  std::uint32_t min_votes = 4;        ///< at offsets within one item
  std::uint32_t min_votes_alike = 3;  ///< enough where the durations differ by at most `alike_duration_s`
  double alike_duration_s = 3.0;
  std::uint32_t offsets_per_pair = 3;  ///< peaks of the vote histogram that are verified
  std::uint32_t stop_tracks = 1000;    ///< a key with more postings is a stop key and is not walked
  std::uint32_t stop_walk = 256;  ///< where a track has fewer than KeySettings::min_keys other keys, so many
                                  ///< postings of its rarest stop keys are walked, lowest ids first
  std::uint32_t max_visits = 20'000;  ///< postings that are visited for one track, its rarest keys first; the
                                      ///< keys beyond them count as stop keys
  std::uint32_t max_candidates =
      64;                       ///< of one track: strong ones first, then those of the lowest ids, so that
                                ///< many copies of one recording are all paired with the same few tracks
  int second_probe_radius = 1;  ///< for tracks that found nothing: every item, this many flips of the key;
                                ///< -1: no second probe
  std::uint32_t second_probe_max_tracks = 20'000;   ///< no second probe when more tracks than this found
                                                    ///< nothing: per track it costs about 30 first probes,
                                                    ///< and in a large library most tracks have no copy
  std::uint32_t second_probe_max_visits = 100'000;  ///< as max_visits
  /// In a library of at most so many tracks, all are probed a third time, by votes of short keys (short_key_votes.h).
  /// This finds versions that share no key of 26 bits. Its cost grows with probes times library. 0: no third probe.
  std::uint32_t third_probe_max_library = 5'000;
  std::uint32_t third_probe_votes = 4;
  std::uint32_t third_probe_offsets =
      8;  ///< as offsets_per_pair: with so few votes the right peak may be a low one
  double third_probe_hopeless_ber = 0.39;  ///< as best_alignment's; the other two probes use the usual one
  /// In a library of at most so many tracks, new tracks are also compared with all others at other speeds
  /// (speed_votes.h). 0: never. Its cost grows with probes times library.
  std::uint32_t speed_probe_max_library = 50'000;
  std::uint32_t speed_probe_votes = 5;  ///< along one line
  /// In a library of at most so many tracks it uses the shortest keys, with the number of votes below. In one of at most
  /// third_probe_max_library tracks it uses middle ones, in a larger one the longest.
  std::uint32_t speed_probe_small_library = 2'000;
  std::uint32_t speed_probe_small_votes = 8;
  std::uint32_t speed_probe_candidates =
      16;  ///< of one track; max_candidates in a library with a third probe
  /// The keys of join_library. They are longer than those of an index of the same library, since the lists are walked
  /// for all tracks. The bound on visits gives a track the same cost in every library.
  KeySettings library_keys{.mask = 0xFFFEEBEFu};
  std::uint32_t library_max_visits = 1'000;
  std::uint32_t library_stop_walk = 12;  ///< as stop_walk, for stop keys
  /// As max_candidates, for a track most of whose keys have more than stop_walk postings. It is one of hundreds of
  /// copies of one recording, which are all paired with the same few, or near silence, which no alignment can judge.
  std::uint32_t library_max_of_many = 3;
  /// Of tracks with variants at other speeds (variant_probe.h).
  std::uint32_t variant_votes = 4;           ///< of one variant, as min_votes
  std::uint32_t variant_tempo_votes = 3;     ///< of the track itself, at its own speed
  std::uint32_t variant_max_visits = 2'000;  ///< as max_visits, for each variant
  std::uint32_t variant_candidates = 16;     ///< as max_candidates
  Thresholds thresholds;
};

/// Two tracks that share aligned postings. a < b.
struct Candidate {
  TrackId a = 0, b = 0;
  std::uint32_t votes = 0;            ///< at the best offset and its neighbours
  std::vector<std::int32_t> offsets;  ///< best first; each as Evidence::offset_items of (a, b)
};

struct MatchedPair {
  TrackId a = 0, b = 0;  ///< a < b
  Evidence evidence;     ///< never one that `judge` calls unrelated
};

/// Gives the items of a track: from the store's snapshot, or from an array in tests. Called from many threads at once.
using ItemsOf = std::function<Items(TrackId)>;

/// The candidates of each probe track among all tracks in the index. A pair of two probe tracks comes once; no
/// track is paired with itself. Sorted by (a, b); the same for every number of threads.
/// @param probes  each id once; they need not be in the index, but only tracks in the index are found
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<Candidate> find_candidates(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                       const ItemsOf& items_of, const JoinSettings& settings,
                                       const Progress& progress = {}, const std::stop_token& stop = {});

/// Aligns and measures candidates, and keeps those that are not unrelated, in the order of the candidates.
std::vector<MatchedPair> verify(std::span<const Candidate> candidates, const ItemsOf& items_of,
                                const JoinSettings& settings, const Progress& progress = {},
                                const std::stop_token& stop = {}, double hopeless_ber = usual_hopeless_ber);

/// find_candidates, verify, and three costlier probes. The second probe is for tracks that found nothing: it looks up
/// every telling item under its own key, and under each sampled key within second_probe_radius flips. The third is for
/// all tracks of a small library: it compares every telling item, under a short key, with each track. The last is
/// probe_speeds (speed_probe.h). Sorted by (a, b).
std::vector<MatchedPair> join(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                              const ItemsOf& items_of, const JoinSettings& settings,
                              const Progress& progress = {}, const std::stop_token& stop = {});

}  // namespace echofold
