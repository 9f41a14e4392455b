// The journal of a run: each step is announced before and recorded after, durably.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/rewrite_entry.h"

namespace echofold {

/// What one group is about to change.
struct Intent {
  std::vector<Move> moves;
  std::vector<std::string> make_folders;  ///< folders to be made, outermost first
  std::vector<FolderTime> folders;        ///< existing folders that the moves will touch
};

/// Appends to one run's journal `<db>/runs/<run>.ndjson` (mode 0600): one checksummed line an append; a torn
/// last line (a crash) is ignored and cut off before the next append. Every append is on disk when it
/// returns. An append that fails leaves the journal as it was; if even that is in doubt it takes no more. One
/// thread at a time.
/// @throws Error Fault::io, Fault::full
class Journal {
 public:
  /// Makes `runs_dir` (mode 0700) where it is missing. The name of the run sorts after all that are there,
  /// even when the clock was set back.
  /// @param kind  as RunInfo::kind
  static Journal create(const std::filesystem::path& runs_dir, const std::string& library_id,
                        const std::string& kind = "set_aside");
  static Journal reopen(const std::filesystem::path& file);

  const std::string& run() const noexcept;
  const std::filesystem::path& file() const noexcept;

  void intend(const Intent& intent);  ///< one fsync for all of it
  void done(std::uint64_t number, const Stamp& left, const std::vector<FolderTime>& folders);
  void skipped(std::uint64_t number, const std::string& why);
  void remove_folder(const RemovedFolder& folder, const std::vector<FolderTime>& folders);  ///< an empty one
  void note_times(const std::vector<FolderTime>& folders);  ///< after a change that no other line tells of
  void restoring(const std::vector<std::uint64_t>& numbers, const std::vector<FolderTime>& folders);
  void undone(std::uint64_t number, const std::vector<FolderTime>& folders);
  void not_restored(std::uint64_t number, const std::string& why);  ///< it is still at `to`
  void undo_begins();                                       ///< what is undone behind it the user asked for
  void purging(const std::vector<std::uint64_t>& numbers);  ///< these files are about to be deleted
  void purged(const std::vector<std::uint64_t>& numbers, std::int64_t at_s);  ///< gone for good, durably

  /// A temporary file is about to be made beside the file.
  void prepare_rewrite(const Rewrite& rewrite, const std::vector<FolderTime>& folders);
  void intend_rewrite(std::uint64_t number,
                      const Prepared& prepared);  ///< the new bytes are about to take its place
  void rewritten(std::uint64_t number, const Stamp& left, const std::vector<FolderTime>& folders);
  void rewrite_skipped(std::uint64_t number, const std::string& why,
                       const std::vector<FolderTime>& folders = {});
  void restoring_rewrite(std::uint64_t number, const std::vector<FolderTime>& folders);
  void rewrite_undone(std::uint64_t number, const std::vector<FolderTime>& folders);
  void rewrite_not_restored(std::uint64_t number, const std::string& why,
                            const std::vector<FolderTime>& folders = {});  ///< it has its new bytes still

  void finish();      ///< the run came to its end
  void taken_back();  ///< nothing of the run is set aside or rewritten any more
  void settled();     ///< nothing is open, the store agrees

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
