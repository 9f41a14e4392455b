// What a run does besides setting files aside: the keeper takes tags, playlists follow.
#pragma once

#include "engine/act/apply.h"
#include "index/store/store.h"
#include "tools/options/shared.h"

namespace echofold {

/// Counts the files that a run rewrote besides its plan.
struct ActTally {
  std::uint64_t playlists = 0, merged = 0, failed = 0;
  std::uint64_t lost_entries = 0;  ///< of playlists and cue sheets: they could not follow their file
};

/// Adds to `settings` what the options ask for. Prints each rewritten file on stdout (in NDJSON as
/// echofold.rewritten/1), and each that could not be rewritten on stderr.
/// @param store, options, tally  must outlive `settings`
void add_extras(ApplySettings& settings, const Store& store, const ActingOptions& options, ActTally& tally);

/// Rewrites cue sheets, and with `playlists` also playlists, so that they follow the files that a run moved: those
/// under the roots of the library and under `further`. Prints as above; an entry that can't follow is printed on
/// stderr, and in NDJSON as echofold.entry/1.
AfterMoves follow_in_playlists(const Store& store, const GlobalOptions& options, bool playlists,
                               ActTally& tally, const std::string& further = "");

/// ", 2 playlists rewritten" and the like, for the summary; empty when there is nothing to report.
std::string playlists_text(const ActTally& tally);

}  // namespace echofold
