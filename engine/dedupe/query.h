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

/// A library that is open for one query after another. It holds a snapshot, so it sees the library as it was when it
/// was opened. Its const functions are thread-safe.
class LibraryQuery {
 public:
  /// Maps the index file and adds a delta of newer tracks. @throws Error as Store::snapshot, Fault::damaged
  LibraryQuery(const Store& store, const MatchSettings& settings);

  /// The present and imported tracks that match, best first: by band, similarity, id.
  /// @param self  a track to leave out of the answer; 0: none
  /// @throws Error Fault::interrupted, Fault::damaged
  std::vector<QueryMatch> find(Items items, TrackId self = 0, const std::stop_token& stop = {}) const;

 private:
  TrackId probe_id(TrackId self) const;
  std::vector<QueryMatch> expand(const std::vector<MatchedPair>& matches, TrackId probe, TrackId self) const;

  Snapshot snapshot_;
  JoinSettings join_;
  CandidateIndex index_;
};

/// Opens the library for one query.
std::vector<QueryMatch> query(const Store& store, Items items, const MatchSettings& settings,
                              TrackId self = 0, const std::stop_token& stop = {});

}  // namespace echofold
