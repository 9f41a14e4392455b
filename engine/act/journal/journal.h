// The journal of a run: each step is announced before and recorded after, durably.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/step.h"

namespace echofold {

/// What one group is about to change.
struct Intent {
  std::vector<Move> moves;
  std::vector<std::string> make_folders;  ///< folders to be made, outermost first
  std::vector<FolderTime> folders;        ///< existing folders that the moves will touch
};

/// Appends to the journal of one run, `<db>/runs/<run>.ndjson` (mode 0600), one checksummed line per append.
///
/// A torn last line (a crash) is ignored, and cut off before the next append. An append is on disk when it returns.
/// An append that fails leaves the journal as it was; if even that is uncertain, no further append succeeds. One
/// thread at a time.
/// @throws Error Fault::io, Fault::full
class Journal {
 public:
  /// Makes `runs_dir` (mode 0700) if it is missing. The name of the new run sorts after those of all other runs, even
  /// if the clock was set back.
  /// @param kind  as RunInfo::kind
  static Journal create(const std::filesystem::path& runs_dir, const std::string& library_id,
                        const std::string& kind = "set_aside");
  static Journal reopen(const std::filesystem::path& file);

  const std::string& run() const noexcept;
  const std::filesystem::path& file() const noexcept;

  // Announcements.
  void intend(const Intent& intent);  ///< moves; one fsync for all of them
  /// A temporary file is about to be made beside the file.
  void prepare_rewrite(const Rewrite& rewrite, const std::vector<FolderTime>& folders);
  /// The new bytes are about to take the file's place.
  void intend_rewrite(std::uint64_t number, const Prepared& prepared);
  /// These are about to be taken back. Rewrites are announced one by one.
  void restoring(const std::vector<StepId>& steps, const std::vector<FolderTime>& folders);
  void purging(const std::vector<std::uint64_t>& moves);  ///< these files are about to be deleted
  void remove_folder(const RemovedFolder& folder, const std::vector<FolderTime>& folders);  ///< an empty one

  // What became of a step.
  void done(StepId step, const Stamp& left, const std::vector<FolderTime>& folders);
  void skipped(StepId step, const std::string& why, const std::vector<FolderTime>& folders = {});
  void undone(StepId step, const std::vector<FolderTime>& folders);
  /// The file is still as the run left it.
  void not_restored(StepId step, const std::string& why, const std::vector<FolderTime>& folders = {});
  void purged(const std::vector<std::uint64_t>& moves, std::int64_t at_s);  ///< deleted for good, durably

  void note_times(const std::vector<FolderTime>& folders);  ///< after a change that no other line records
  void undo_begins();  ///< from here on, steps are undone because the user asked for it

  // The run as a whole.
  void finish();      ///< it was neither stopped nor ended by a crash
  void taken_back();  ///< nothing of it is set aside or rewritten any more
  void settled();     ///< nothing is in doubt, and the store agrees with the journal

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
