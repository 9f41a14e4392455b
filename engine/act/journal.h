// The journal of a run: what was about to be done and what was done, durable before and after each step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "index/record.h"

namespace echofold {

/// One move, numbered in its run. Paths are absolute bytes.
struct Move {
  std::uint64_t number = 0;
  TrackId track = 0;
  std::string from, to;
  Stamp stamp;  ///< of the file at `from` before the move
  std::string keeper;  ///< the copy that stays, for the reader of the journal
};

enum class MoveState : std::uint8_t { intended, done, skipped, undone };

struct JournalEntry {
  Move move;
  MoveState state = MoveState::intended;
  std::string note;  ///< why it was skipped
};

/// A folder's mtime before the run touched it and after its last change: lets undo restore it when nobody
/// else changed the folder in between.
struct FolderTime {
  std::string path;
  std::int64_t before_ns = 0, after_ns = 0;
};

struct RunInfo {
  std::string run;  ///< "2026-11-22T17-01-22Z-1f3a": sorts by time, a legal file name everywhere
  std::string library_id;
  std::int64_t started_at_s = 0;
  std::uint64_t moves_done = 0, moves_open = 0, moves_skipped = 0, moves_undone = 0;
  bool finished = false;
};

/// Everything a journal file says.
struct JournalContents {
  RunInfo info;
  std::vector<JournalEntry> entries;  ///< by move number, latest state
  std::vector<FolderTime> folders;
  std::vector<std::string> made_folders;  ///< set-aside folders that the run created, outermost first
};

/// Appends to one run's journal `<db>/runs/<run>.ndjson`: one checksummed line an entry; a torn last line
/// (a crash) is ignored and cut off before the next append. Every append is on disk when it returns.
/// One thread at a time.
/// @throws Error Fault::io, Fault::full
class Journal {
 public:
  static Journal create(const std::filesystem::path& runs_dir, const std::string& library_id);
  static Journal reopen(const std::filesystem::path& file);

  const std::string& run() const noexcept;
  void intend(const std::vector<Move>& moves);  ///< one fsync for all of them
  void done(std::uint64_t number);
  void skipped(std::uint64_t number, const std::string& why);
  void undone(std::uint64_t number);
  void made_folder(const std::string& path);
  void folder_time(const FolderTime& time);
  void finish();

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  ~Journal();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// @throws Error Fault::damaged when a line before the last fails its checksum, Fault::version
JournalContents read_journal(const std::filesystem::path& file);

/// The journals of a library, oldest first.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& runs_dir);

}  // namespace echofold
