// A run in figures, as `history` shows it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/act/journal/step.h"
#include "index/base/error.h"

namespace echofold {

/// How much of a run `undo` can bring back.
enum class UndoReach : std::uint8_t { all, partly, none };

/// Files that a run moved, by what they are. A file that went to its new name by way of another one counts once.
struct FileCounts {
  std::uint64_t copies = 0;            ///< set aside
  std::uint64_t partner_files = 0;     ///< set aside with their music
  std::uint64_t further_names = 0;     ///< hard links of copies, set aside with them
  std::uint64_t renamed = 0;           ///< got another name within the library
  std::uint64_t renamed_partners = 0;  ///< partner files that were renamed with their music

  std::uint64_t all_renamed() const noexcept { return renamed + renamed_partners; }
};

struct RunInfo {
  std::string run;   ///< "2026-11-22T17-01-22Z-1f3a": sorts by time, a legal file name everywhere
  std::string kind;  ///< "set_aside" (also if the journal does not say), "tag", "organize", ...
  std::string library_id;
  std::int64_t started_at_s = 0;
  std::uint64_t moves_done = 0, moves_open = 0, moves_skipped = 0, moves_undone = 0;
  FileCounts moved;  ///< by all moves that were not skipped, also those that were taken back or purged
  FileCounts there;  ///< by moves_done
  std::uint64_t moves_purged = 0;  ///< deleted for good
  /// Of moves_done, and only if history() looked: the file is neither where this run put it nor where a later run did.
  std::uint64_t moves_gone = 0;
  /// Likewise: a later run moved it on and has to be taken back first.
  std::uint64_t moves_moved_on = 0;
  std::uint64_t bytes =
      0;  ///< of the files that are still set aside; for a run of kind "organize": that it renamed
  std::int64_t purged_at_s = 0;          ///< when it was last purged; 0: never
  std::vector<std::string> places = {};  ///< folders in which its set-aside files are, sorted
  std::uint64_t rewrites_done = 0, rewrites_open = 0, rewrites_skipped = 0, rewrites_undone = 0;
  /// Of all rewrites that were not skipped: copies that became links to their keeper.
  std::uint64_t linked = 0;
  bool finished = false;              ///< neither stopped nor crashed
  bool taken_back = false;            ///< undo brought back all that it moved and rewrote
  bool settled = false;               ///< nothing is in doubt, and the store agrees with the journal
  std::optional<Error> problem = {};  ///< why the journal can't be read; then only `run` is known

  /// Steps that can still be taken back or are in doubt.
  std::uint64_t outstanding() const noexcept {
    return moves_done + moves_open + rewrites_done + rewrites_open;
  }

  /// Copies that are still set aside. For a run of kind "organize": files that have the name that it gave them.
  std::uint64_t set_aside() const noexcept { return kind == "organize" ? there.all_renamed() : there.copies; }

  /// Partner files and further names that are still set aside.
  std::uint64_t along() const noexcept { return there.partner_files + there.further_names; }

  /// Everything that was set aside is deleted. Rewritten files stay: they belong to what was kept.
  bool is_purged() const noexcept { return moves_purged > 0 && moves_done + moves_open == 0; }
  bool can_be_taken_back() const noexcept { return !problem && outstanding() > 0 && !is_purged(); }
  UndoReach undo_reach() const noexcept {
    const std::uint64_t there = outstanding() - std::min(outstanding(), moves_gone + moves_moved_on);
    if (!can_be_taken_back() || there == 0) return UndoReach::none;
    return there < outstanding() || moves_purged > 0 ? UndoReach::partly : UndoReach::all;
  }
};

/// Adds up what became of the steps of the run: all counts, `bytes` and `places`. A file with several names counts once
/// in `bytes`.
void count_steps(std::span<const Step> steps, RunInfo& info);

}  // namespace echofold
