// One fingerprint against the library.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/dedupe/match.h"
#include "index/candidates/candidate_index.h"
#include "index/store/store.h"

namespace echofold {

struct QueryMatch {
  TrackId track = 0;
  Evidence evidence;  ///< a is the query, b the library's track
  Judgement judgement;
};

/// A library held open for one query after the other, as it was at that moment: a snapshot lives in it.
/// Everything const is thread-safe.
class LibraryQuery {
 public:
  /// Maps the index file and files what is newer on top. @throws Error as Store::snapshot, Fault::damaged
  LibraryQuery(const Store& store, const MatchSettings& settings);

  /// The present and imported tracks that match, best first: by band, similarity, id.
  /// @param self  a track that is left out of the answer; 0: none
  /// @throws Error Fault::interrupted, Fault::damaged
  std::vector<QueryMatch> find(Items items, TrackId self = 0, const std::stop_token& stop = {}) const;

 private:
  TrackId probe_id(TrackId self) const;
  std::vector<QueryMatch> expand(const std::vector<MatchedPair>& matches, TrackId probe, TrackId self) const;

  Snapshot snapshot_;
  JoinSettings join_;
  CandidateIndex index_;
};

/// One query of a library that is opened for it.
std::vector<QueryMatch> query(const Store& store, Items items, const MatchSettings& settings,
                              TrackId self = 0, const std::stop_token& stop = {});

}  // namespace echofold
