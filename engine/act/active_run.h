// A run while it acts: its journal, its folder times and its steps. All verbs share it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/files/places.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "index/store/store.h"

namespace echofold {

/// Each step is announced, done and recorded. An exception comes from the journal and ends the run at once; the disk
/// and the journal then have all that recover() needs. A step is named by its place in steps().
class ActiveRun {
 public:
  /// First recovers what earlier runs left in doubt.
  /// @param store  has to outlive this
  /// @param kind   as RunInfo::kind
  /// @throws Error as recover()
  ActiveRun(Store& store, std::string kind);

  /// Makes the journal when it is first needed, so that a run that does nothing leaves none.
  void open();
  bool is_open() const noexcept { return journal_.has_value(); }
  /// Its name, as undo() takes it. Valid once it is open, like all below.
  const std::string& run() const noexcept { return journal_->run(); }
  const std::filesystem::path& journal_file() const noexcept { return journal_->file(); }
  Store& store() noexcept { return store_; }

  /// In the order in which they were announced.
  const Steps& steps() const noexcept { return steps_; }
  const MoveStep& move_at(std::size_t step) const { return std::get<MoveStep>(steps_[step]); }
  const RewriteStep& rewrite_at(std::size_t step) const { return std::get<RewriteStep>(steps_[step]); }

  /// The times, for the journal, of existing folders that are about to change.
  std::vector<FolderTime> about_to_change(const std::vector<std::string>& folders) {
    return times_.about_to_change(folders);
  }
  /// The folders that the run has made.
  const std::set<std::string>& made() const noexcept { return made_; }

  /// Announces moves, and numbers them. No two of them may share a place, because recovery looks at each one alone.
  /// Extended attributes that a copy on another file system may lose are stored in the journal.
  /// @return the first one
  std::size_t announce(Intent intent);
  /// Announces a rewrite, and numbers it.
  std::size_t announce(Rewrite rewrite);
  /// Announces that the new bytes are about to take the file's place.
  void prepared(std::size_t rewrite, Prepared prepared);

  /// @return why it failed; nothing if all exist now
  std::optional<Error> make_folders(const std::vector<FolderToMake>& folders);

  /// @param touched  the folders whose times are recorded with the move
  /// @return why it failed, and the moves that follow have to wait; nothing on success
  std::optional<Error> move_one(std::size_t move, const std::vector<std::string>& touched);

  // What became of a step.
  void done(std::size_t step, const Stamp& left, const std::vector<std::string>& touched);
  void skip(std::size_t step, const std::string& why, const std::vector<std::string>& touched = {});
  /// It failed, and only recover() can find out what became of the file.
  void leave_in_doubt(std::size_t step, const std::string& why) { outcome(steps_[step]).note = why; }

  /// Moves back everything from this step on, last first.
  void bring_back(std::size_t first, const std::string& why);
  /// Takes back this one move if it was done. @return true if the file is at its old place again
  bool bring_one_back(std::size_t move, const std::string& why);

  /// Announces and removes the folder if it is empty and can be made again exactly as it is.
  /// @return true when it is gone
  bool remove_if_empty(const std::string& folder);

  /// Updates the store, and records that the run is finished unless it was interrupted. Does nothing for a run that was
  /// never opened.
  void close(bool interrupted);

 private:
  Store& store_;
  std::string kind_;
  std::optional<Journal> journal_;
  FolderTimes times_;
  std::set<std::string> made_;
  Steps steps_;
  std::uint64_t moves_ = 0, rewrites_ = 0;
};

}  // namespace echofold
