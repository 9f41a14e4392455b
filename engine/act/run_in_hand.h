// A run while it acts: its journal, its moves and what they came to. What every kind of run does in the same way.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/act/folder_times.h"
#include "engine/act/journal.h"
#include "engine/act/places.h"
#include "index/store/store.h"

namespace echofold {

/// Announce, move, record: in this order for each step. A throw comes from the journal and ends the run at once: the
/// disk and the journal then hold all that recover() needs.
class RunInHand {
 public:
  /// @param store  has to outlive this
  RunInHand(Store& store, std::string kind) : store_(store), kind_(std::move(kind)) {}

  /// Makes the journal when it is first needed: a run that does nothing leaves none.
  void open();
  bool is_open() const noexcept { return journal_.has_value(); }
  const std::string& run() const noexcept { return journal_->run(); }
  std::uint64_t next_number() const noexcept { return entries_.size() + 1; }

  /// The times, for the journal, of existing folders that are about to change.
  std::vector<FolderTime> about_to_change(const std::vector<std::string>& folders) {
    return times_.about_to_change(folders);
  }
  /// For what else the run does beside moves. After open().
  Journal& journal() noexcept { return *journal_; }
  FolderTimes& times() noexcept { return times_; }
  const std::set<std::string>& made() const noexcept { return made_; }

  /// Announces moves. No place of one may be a place of another: recovery looks at each for itself. What a copy on another
  /// file system may lose of a file's extended attributes goes along into the journal.
  /// @return the number of the first entry in entries()
  std::size_t announce(Intent intent);

  /// @return why it failed; empty when all are there
  std::string make_folders(const std::vector<FolderToMake>& folders);

  /// @param touched  the folders whose times go to the journal behind it
  /// @return why the moves behind it have to wait; empty when all is well
  std::string move_one(std::size_t entry, const std::vector<std::string>& touched);
  void skip(std::size_t entry, const std::string& why);

  /// Takes back what was moved from this entry on, last first.
  void bring_back(std::size_t first, const std::string& why);
  /// Takes this one move back where it was done. @return true when the file is at its old place again
  bool bring_one_back(std::size_t entry, const std::string& why);

  /// Removes the folder, announced, when it is empty and can be made again just as it is.
  /// @return true when it is gone
  bool remove_if_empty(const std::string& folder);

  /// Brings the store in step; says in the journal that the run came to its end, unless it was interrupted.
  /// @param open  whether something else of the run is not known yet
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
