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

/// The evidence of (b, a), given that of (a, b).
Evidence reversed(const Evidence& evidence);

}  // namespace echofold
