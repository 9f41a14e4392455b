// What has happened to the files of a run since: later runs that moved them on, scans that saw them changed.
#pragma once

#include <map>
#include <string>

#include "engine/act/journal.h"
#include "index/store/store.h"

namespace echofold {

struct LaterChanges {
  /// Place that the run gave a file -> the later run, not taken back, that moved it on from there.
  std::map<std::string, std::string> moved_on;
  /// Place that the run gave a track -> the stamp that the library knows of this very track there.
  std::map<std::string, Stamp> known;
};

/// Reads the journals of the later runs; one that can't be read counts for nothing.
LaterChanges changes_since(const Store& store, const JournalContents& run);

/// Which later run has to be taken back before this move, as a sentence: it has moved the file on, or another one that the
/// run had put in the file's old place. Empty: none.
std::string moved_on_by(const Move& move, const LaterChanges& later);

}  // namespace echofold
