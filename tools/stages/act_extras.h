// What a run may do beside setting files aside: tags that the keeper takes, playlists that follow.
#pragma once

#include "engine/act/apply.h"
#include "index/store/store.h"
#include "tools/options/shared.h"

namespace echofold {

/// What happened to the files that a run rewrote beside its plan.
struct ActTally {
  std::uint64_t playlists = 0, merged = 0, failed = 0;
  std::uint64_t lost_entries = 0;  ///< of playlists and cue sheets, that could not follow their file
};

/// Adds to `settings` what the options ask for. Each rewritten file is told on stdout (and in NDJSON as
/// echofold.rewritten/1), each that could not be on stderr.
/// @param store, options, tally  have to outlive `settings`
void add_extras(ApplySettings& settings, const Store& store, const ActingOptions& options, ActTally& tally);

/// Lets cue sheets, and with `playlists` also playlists, under the roots of the library, and under `further`, follow the files that a run moved.
/// Told as above; an entry that can't follow is told on stderr, in NDJSON as echofold.entry/1.
AfterMoves follow_in_playlists(const Store& store, const GlobalOptions& options, bool playlists,
                               ActTally& tally, const std::string& further = "");

/// "; 2 playlists rewritten" and the like, for the summary; empty when there is nothing to tell.
std::string playlists_text(const ActTally& tally);

}  // namespace echofold
