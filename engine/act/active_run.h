// A run while it acts: its journal, its moves and their results. What all kinds of runs share.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/files/places.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/move_entry.h"
#include "index/store/store.h"

namespace echofold {

/// Each step is announced, done and recorded. An exception comes from the journal and ends the run at once; the disk and the
/// journal then have all that recover() needs.
class ActiveRun {
 public:
  /// @param store  has to outlive this
  ActiveRun(Store& store, std::string kind) : store_(store), kind_(std::move(kind)) {}

  /// Makes the journal when it is first needed, so that a run that does nothing leaves none.
  void open();
  bool is_open() const noexcept { return journal_.has_value(); }
  const std::string& run() const noexcept { return journal_->run(); }
  std::uint64_t next_number() const noexcept { return entries_.size() + 1; }

  /// The times, for the journal, of existing folders that are about to change.
  std::vector<FolderTime> about_to_change(const std::vector<std::string>& folders) {
    return times_.about_to_change(folders);
  }
  /// For the run's other steps. Valid after open().
  Journal& journal() noexcept { return *journal_; }
  FolderTimes& times() noexcept { return times_; }
  const std::set<std::string>& made() const noexcept { return made_; }

  /// Announces moves. No two of them may share a place, because recovery looks at each one alone. Extended attributes that a
  /// copy on another file system may lose are stored in the journal.
  /// @return the number of the first entry in entries()
  std::size_t announce(Intent intent);

  /// @return why it failed; empty if all exist now
  std::string make_folders(const std::vector<FolderToMake>& folders);

  /// @param touched  the folders whose times go to the journal behind it
  /// @return why the moves that follow have to wait; empty on success
  std::string move_one(std::size_t entry, const std::vector<std::string>& touched);
  void skip(std::size_t entry, const std::string& why);

  /// Moves back everything from this entry on, last first.
  void bring_back(std::size_t first, const std::string& why);
  /// Takes back this one move if it was done. @return true if the file is at its old place again
  bool bring_one_back(std::size_t entry, const std::string& why);

  /// Announces and removes the folder if it is empty and can be made again exactly as it is.
  /// @return true when it is gone
  bool remove_if_empty(const std::string& folder);

  /// Updates the store, and records that the run is finished unless it was interrupted.
  /// @param open  whether another step of the run is still in doubt
  void close(bool interrupted, bool open = false);

  const std::vector<JournalEntry>& entries() const noexcept { return entries_; }

 private:
  Store& store_;
  std::string kind_;
  std::optional<Journal> journal_;
  FolderTimes times_;
  std::set<std::string> made_;
  std::vector<JournalEntry> entries_;  // by move number
};

}  // namespace echofold
