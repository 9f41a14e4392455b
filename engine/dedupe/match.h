// Keeps the pairs of the library up to date: joins new tracks against it and stores the evidence.
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
  /// From this many different fingerprints on, if one in eight or more is new, all are joined with all in memory.
  /// That is faster than looking them up in the index file, which is built afterwards.
  std::size_t library_join_from = 50'000;
};

/// Joins every track that is not paired yet against the library and stores the evidence. Of each class only the first
/// track is indexed and joined. Builds the index file `<dir>/index.faiss` if there is none for this library or the
/// delta exceeds a tenth of it. If the settings changed, drops all pairs and starts over.
///
/// Idempotent: if it is interrupted, nothing is stored half, and the next call repeats the rest. Tracks whose file is
/// set aside or missing are paired like any other, because they may come back. No snapshot may be alive.
/// @throws Error Fault::interrupted, Fault::io, Fault::full
void update_pairs(Store& store, const MatchSettings& settings, const Progress& progress = {},
                  const std::stop_token& stop = {});

/// Turns the evidence of (a, b) into that of (b, a).
Evidence reversed(const Evidence& evidence);

}  // namespace echofold
