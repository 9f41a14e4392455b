// What a run may do beside setting files aside: tags that the keeper takes, playlists that follow.
#pragma once

#include "engine/act/apply.h"
#include "index/store/store.h"
#include "tools/options.h"

namespace echofold {

/// What happened to the files that a run rewrote beside its plan.
struct ActTally {
  std::uint64_t playlists = 0, merged = 0, failed = 0;
};

/// Adds to `settings` what the options ask for. Each rewritten file is told on stdout (and in NDJSON as
/// echofold.rewritten/1), each that could not be on stderr.
/// @param store, options, tally  have to outlive `settings`
void add_extras(ApplySettings& settings, const Store& store, const Options& options, ActTally& tally);

}  // namespace echofold
