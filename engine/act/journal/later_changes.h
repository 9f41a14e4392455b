// What happened after a run: other runs moved its files on, scans found them changed, disks got other device numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/move_step.h"
#include "index/store/store.h"

namespace echofold {

struct LaterChanges {
  /// Where the run put a file -> the later run (not taken back) that moved it on.
  std::map<std::string, std::string> moved_on;
  /// Where the run put a track -> the stamp that the library has of this track there.
  std::map<std::string, Stamp> known;
  /// Library folder -> the id of its file system at its last scan (Root::file_system_id).
  std::map<std::string, std::uint64_t> file_systems;
  /// Device number when the run was made -> the number of the same device now. An unchanged track on the device
  /// proves it. Looked up only for devices other than the one that the library folder is on now.
  std::map<std::uint64_t, std::uint64_t> renumbered;
};

/// Reads the journals of the later runs. Unreadable ones are ignored.
LaterChanges changes_since(const Store& store, const JournalContents& run);

/// A sentence that names the later run that has to be taken back before this move: it moved the file on, or another
/// file that this run had put in the old place. Nothing if there is none.
std::optional<std::string> moved_on_by(const Move& move, const LaterChanges& later);

}  // namespace echofold
