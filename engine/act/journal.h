// The journal of a run: what was about to be done and what was done, durable before and after each step.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/act/attributes.h"
#include "engine/act/rewrite_entry.h"
#include "engine/disk/file_time.h"
#include "index/record.h"

namespace echofold {

/// What a move is for: it decides where the record says that the file is.
enum class MovePurpose : std::uint8_t {
  set_aside,  ///< out of the library, to the set-aside folder
  rename      ///< to another name within the library
};

/// One move, numbered in its run from 1. Paths are absolute bytes.
struct Move {
  std::uint64_t number = 0;
  TrackId track = 0;  ///< 0: no track, but a file that goes along with one
  MovePurpose purpose = MovePurpose::set_aside;
  std::string from, to;
  Stamp stamp;                               ///< of the file at `from` before the move
  std::uint32_t mode = 0, uid = 0, gid = 0;  ///< likewise: not every file system keeps them on the way
  std::string keeper;                        ///< the copy that stays, for the reader of the journal
  std::string root;                          ///< the library folder that `from` belongs to
  /// Of a partner file: the `from` of the music that it goes along with. It goes first, and back where that stays.
  std::string goes_with = {};
  std::optional<FileTime> far_mtime{};  ///< of the file, where the stamp's 64 bits of ns do not reach it
  /// Of a further name (hard link): the `from` of the loser whose file it names. Then `goes_with` is the same, so that all
  /// names go or none; also for versions that do not know links.
  std::string link_of = {};
  Attributes attributes =
      {};  ///< of the file, where `to` lies on another file system, which may not hold them

  FileTime mtime() const noexcept { return far_mtime.value_or(file_time_of_ns(stamp.mtime_ns)); }
};

struct JournalEntry {
  Move move;
  MoveState state = MoveState::intended;
  Stamp left;              ///< of the file at `to` as the run left it; all zero until it is done
  std::string note;        ///< why it was skipped or not restored
  std::uint64_t line = 0;  ///< of the journal, where it was announced: undo goes backwards
  bool by_user = false;    ///< undone since the user asked for it, not by the run itself
};

/// A folder's mtime before the run touched it and after its last change: lets undo restore it when nobody
/// else changed the folder in between.
struct FolderTime {
  std::string path;
  FileTime before, after;
  bool ours = true;  ///< false: somebody else changed it in between, so its time is no longer ours to set
};

/// What one group is about to change.
struct Intent {
  std::vector<Move> moves;
  std::vector<std::string> make_folders;  ///< folders to be made, outermost first
  std::vector<FolderTime> folders;        ///< existing folders that the moves will touch
};

/// A folder that a run emptied and is about to remove: undo makes it again just so.
struct RemovedFolder {
  std::string path;
  std::uint32_t mode = 0, uid = 0, gid = 0;
};

/// How much of a run `undo` can bring back.
enum class UndoReach : std::uint8_t { all, partly, none };

struct RunInfo {
  std::string run;   ///< "2026-11-22T17-01-22Z-1f3a": sorts by time, a legal file name everywhere
  std::string kind;  ///< what made it: "set_aside" (also of journals that don't say), "tag", "organize", ...
  std::string library_id;
  std::int64_t started_at_s = 0;
  std::uint64_t moves_done = 0, moves_open = 0, moves_skipped = 0, moves_undone = 0;
  std::uint64_t along = 0;         ///< of moves_done: partner files that were set aside with their music
  std::uint64_t renames = 0;       ///< of all moves that were not skipped: to another name within the library
  std::uint64_t renames_done = 0;  ///< of moves_done, likewise
  std::uint64_t moves_purged = 0;  ///< deleted for good
  /// Of moves_done, and only where history() looked: the file is not where it was put, nor where a later run put it.
  std::uint64_t moves_gone = 0;
  /// Likewise: a later run put it elsewhere, and has to be taken back first.
  std::uint64_t moves_moved_on = 0;
  std::uint64_t bytes =
      0;  ///< of the files that are set aside still; where the run is of kind "organize": renamed
  std::int64_t purged_at_s = 0;          ///< when it was last purged; 0: never
  std::vector<std::string> places = {};  ///< folders in which its set-aside files are, sorted
  std::uint64_t rewrites_done = 0, rewrites_open = 0, rewrites_skipped = 0, rewrites_undone = 0;
  bool finished = false;    ///< the run came to its end: not stopped, not crashed
  bool taken_back = false;  ///< undo brought back all that it moved and rewrote
  bool settled = false;     ///< nothing is open and the store agrees with the journal
  std::string problem;      ///< why the journal can't be read; then only `run` is known

  /// What is still to be taken back, or not known yet.
  std::uint64_t outstanding() const noexcept {
    return moves_done + moves_open + rewrites_done + rewrites_open;
  }

  /// Copies that are set aside still. A run that only renames counts what it renamed.
  std::uint64_t set_aside() const noexcept {
    return kind == "organize" ? moves_done : moves_done - along - renames_done;
  }

  /// All that was set aside is deleted: what is rewritten names or belongs to what stayed, and stays, too.
  bool is_purged() const noexcept { return moves_purged > 0 && moves_done + moves_open == 0; }
  bool can_be_taken_back() const noexcept { return problem.empty() && outstanding() > 0 && !is_purged(); }
  UndoReach undo_reach() const noexcept {
    const std::uint64_t there = outstanding() - std::min(outstanding(), moves_gone + moves_moved_on);
    if (!can_be_taken_back() || there == 0) return UndoReach::none;
    return there < outstanding() || moves_purged > 0 ? UndoReach::partly : UndoReach::all;
  }
};

/// Everything a journal file says.
struct JournalContents {
  RunInfo info;
  std::vector<JournalEntry> entries;           ///< by move number, latest state
  std::vector<RewriteEntry> rewrites;          ///< by rewrite number, latest state
  std::vector<FolderTime> folders;             ///< by path, latest state
  std::vector<std::string> made_folders;       ///< folders that the run meant to make, outermost first
  std::vector<RemovedFolder> removed_folders;  ///< that it meant to remove, innermost first
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

/// @throws Error Fault::damaged when a line before the last fails its checksum, Fault::version, Fault::io
JournalContents read_journal(const std::filesystem::path& file);

/// True when the last whole line says that the run is settled: a look at the end of the file only.
bool is_settled(const std::filesystem::path& file);

/// `<db>/runs/<run>.undo` of the journal `<db>/runs/<run>.ndjson`: not there where nothing was rewritten.
std::filesystem::path undo_folder(const std::filesystem::path& journal_file);

/// The journals of a library, oldest first.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& runs_dir);

/// The name of the next run: UTC time of `now_s` and 4 hex digits, after `last` ("" for none) in byte order.
std::string next_run_name(std::int64_t now_s, const std::string& last, std::uint16_t random);

}  // namespace echofold
