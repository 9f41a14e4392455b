// Keeps the pairs of the library up to date: new tracks are joined against it, evidence goes to the store.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "index/base/progress.h"
#include "index/join/join.h"
#include "index/model/evidence.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

struct MatchSettings {
  KeySettings keys;
  JoinSettings join;
  /// From so many different fingerprints on, and when one in eight or more of them is new, all are joined with
  /// all in memory: faster than looking them up in the index file, which is then built afterwards.
  std::size_t library_join_from = 50'000;
};

/// Joins every track that the store has not paired yet against the library and stores the evidence.
/// Identical fingerprints are collapsed: only the first track of each such class is indexed and joined.
/// Builds the index file `<dir>/index.faiss` when there is none for this library or the delta has passed a
/// tenth of it. Changed settings drop all pairs and start over.
///
/// Idempotent; a turn that is cut off leaves nothing half told and is simply repeated. Tracks whose file is
/// set aside or missing are paired like any other: they may come back. No snapshot may be alive.
/// @throws Error Fault::interrupted, Fault::io, Fault::full
void update_pairs(Store& store, const MatchSettings& settings, const Progress& progress = {},
                  const std::stop_token& stop = {});

/// One pair as users see it.
struct ListedPair {
  TrackId a = 0, b = 0;  ///< a's path before b's, by bytes
  Evidence evidence;     ///< of (a, b) in this order
  Judgement judgement;   ///< title guard included
};

/// The matching pairs among present and imported tracks, sorted by the paths of a, then b. Tracks with
/// identical fingerprints share their representative's evidence; of a class with more than `max_class`
/// members only the pairs with its first member are listed.
std::vector<ListedPair> list_pairs(const Snapshot& snapshot, const Thresholds& thresholds,
                                   std::size_t max_class = 64);

/// The evidence of (b, a), given that of (a, b).
Evidence reversed(const Evidence& evidence);

/// What the two tracks of a pair are called in a sentence.
struct PairSides {
  std::string_view a = "this one", b = "the other";
};

/// Why titles speak against the same recording, seen from a: `titles differ: "live" only in this one`, `titles differ:
/// part 1 in this one, 2 in the other`; or nothing. File names and albums count, too: `"clean" only in this one (file
/// name)`. Only ever takes a pair from auto down to review.
std::optional<std::string> title_guard(const TrackRecord& a, const TrackRecord& b,
                                       const PairSides& names = {});

/// The guard of a judgement that title_guard took from auto to review.
inline constexpr std::string_view guard_of_titles = "title";

/// The judgement, taken from auto down to review with the guard "title" where title_guard speaks.
Judgement with_title_guard(const Judgement& judgement, const TrackRecord& a, const TrackRecord& b);

}  // namespace echofold
