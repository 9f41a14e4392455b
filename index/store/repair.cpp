// Examines the library, rebuilds it in a folder of its own, reads the result, and replaces the damaged file.
#include "index/store/repair.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/store/check.h"
#include "index/store/library_lock.h"
#include "index/store/preflight.h"
#include "index/store/rebuild.h"
#include "index/store/salvage.h"
#include "index/store/validator.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

void require_library(const fs::path& dir) {
  std::error_code error;
  const auto size = fs::file_size(dir / "data.mdb", error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory ||
      (!error && size == 0))
    throw no_library(dir);
  require_local(dir);
}

/// Adds what reading with LMDB finds. Only asked where nothing else was found.
void ask_lmdb(const fs::path& dir, LibraryHealth& health) {
  if (!health.whole()) return;
  if (const auto wrong = reading_fails(dir, true)) {
    if (wrong->fault() != Fault::damaged) throw *wrong;
    health.damages.push_back({"library", 0, {}, wrong->what()});
  }
}

/// The locked library, and what was salvaged from its data file.
struct Examined {
  explicit Examined(const fs::path& dir) : lock(dir), mark(dir), tables(dir / "data.mdb") {
    validated = validate(tables);
  }
  LibraryLock lock;
  OpenMark mark;
  Salvage tables;
  Validated validated;
};

void sync_folder(const fs::path& dir) {
  const Fd fd(open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) throw system_error(errno, "can't open " + dir.string());
  if (fsync(fd.get()) != 0) throw system_error(errno, "can't write to " + dir.string());
}

/// Removes the files that a repair puts there, and nothing else.
void remove_workshop(const fs::path& dir) {
  std::error_code ignored;
  for (const char* name : {"data.mdb", "lock.mdb", "lock"}) fs::remove(dir / name, ignored);
  fs::remove(dir, ignored);
}

/// Gives the damaged file a second name, one that is free. On a file system without hard links, makes a copy.
fs::path keep_damaged(const fs::path& dir) {
  for (int n = 1;; ++n) {
    fs::path kept = dir / ("data.damaged-" + std::to_string(n) + ".mdb");
    if (link((dir / "data.mdb").c_str(), kept.c_str()) == 0) return kept;
    if (errno == EEXIST) continue;
    std::error_code error;
    if (fs::exists(kept, error)) continue;
    if (!fs::copy_file(dir / "data.mdb", kept, error))
      throw system_error(error.value(), "can't keep the damaged file as " + kept.string());
    return kept;
  }
}

/// The index is derived from the store alone: the next run that needs it builds it again.
void remove_index(const fs::path& dir) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored))
    if (entry.path().filename().string().starts_with("index.faiss")) fs::remove(entry.path(), ignored);
}

/// @return the kept file
fs::path change_places(const fs::path& dir, const fs::path& workshop) {
  fs::path kept = keep_damaged(dir);
  sync_folder(dir);  // the second name must be on disk before the first one is given to another file
  if (rename((workshop / "data.mdb").c_str(), (dir / "data.mdb").c_str()) != 0)
    throw system_error(errno, "can't put the repaired file in place of " + (dir / "data.mdb").string());
  // The reader table of the old file. A run that still reads has it open, and keeps it without a name.
  std::error_code ignored;
  fs::remove(dir / "lock.mdb", ignored);
  sync_folder(dir);
  return kept;
}

}  // namespace

LibraryHealth examine_library(const fs::path& dir) {
  require_library(dir);
  const LibraryLock lock(dir);
  LibraryHealth health;
  {
    const OpenMark mark(dir);
    Salvage tables(dir / "data.mdb");
    health = validate(tables).health;
  }
  ask_lmdb(dir, health);
  return health;
}

Repaired repair_library(const fs::path& dir, const std::string& id_if_lost) {
  require_library(dir);
  Examined library(dir);
  Repaired repaired;
  repaired.health = library.validated.health;
  ask_lmdb(dir, repaired.health);
  if (repaired.health.whole()) return repaired;

  const fs::path workshop = dir / "repair";
  remove_workshop(workshop);  // left by a repair that was killed
  try {
    const std::string& id = library.validated.meta.library_id;
    rebuild_library(workshop, library.tables, library.validated, id.empty() ? id_if_lost : id, repaired);
    if (const auto wrong = reading_fails(workshop, false)) throw *wrong;
    remove_index(dir);
    repaired.kept_as = change_places(dir, workshop);
  } catch (...) {
    remove_workshop(workshop);
    throw;
  }
  remove_workshop(workshop);
  return repaired;
}

}  // namespace echofold
