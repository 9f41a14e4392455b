// The way back of one rewrite: rebuild, prove, swap.
#include "engine/act/restore_rewrite.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/act/copier.h"
#include "engine/act/delta.h"
#include "engine/act/folder.h"
#include "engine/act/settle_rewrite.h"
#include "engine/act/swap.h"
#include "engine/act/undo_folder.h"
#include "index/error.h"

namespace echofold {
namespace {

struct Way {
  const Journal& journal;
  const RewriteEntry& entry;
  SplitPath split;
  Folder folder;
  std::string what;
};

/// What the old file had; a hard link shares those of its keeper, so they are in the journal.
void give_old_attributes(const Way& way, int file, int part) {
  const bool link = way.entry.rewrite.made_by == "hard_link";
  give_attributes(part, link ? way.entry.prepared->attributes : attributes_of(file));  // best effort
}

void rebuild(const Way& way, int file, const PartFile& part) {
  const Prepared& prepared = *way.entry.prepared;
  const Fd delta = open_delta(way.journal.file(), prepared.delta);
  apply_delta(file, delta.get(), part.fd(), way.what + ": can't make its old bytes");
  if (bytes_hash(part.fd(), way.what) != prepared.before)
    throw Error(Fault::damaged, way.what + ": the delta does not give its old bytes; it stays as it is");
  give_old_attributes(way, file, part.fd());
  const Rewrite& rewrite = way.entry.rewrite;
  give_traits(part.fd(), {rewrite.mode, rewrite.uid, rewrite.gid, rewrite.mtime()}, way.what);
  if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, way.what);
}

Restored swap_back(const Way& way) {
  const Fd file = open_to_read(way.folder, way.split.name);
  struct stat now {};
  if (fstat(file.get(), &now) != 0) throw system_error(errno, way.what);
  const Prepared& prepared = *way.entry.prepared;
  const bool link = way.entry.rewrite.made_by == "hard_link";
  if (!S_ISREG(now.st_mode) || bytes_hash(file.get(), way.what) != prepared.after)
    return {false, way.what + ": it was changed since the run and stays as it is"};
  if (!link && now.st_nlink > 1)
    return {false, way.what + ": it has several names (hard links) now and stays as it is"};
  const std::uint64_t number = way.entry.rewrite.number;
  PartFile part(way.folder, new_version_name(way.journal.run(), number));
  rebuild(way, file.get(), part);
  const std::string name = part.name();
  part.release();  // swapped, it is the run's version: settle_rewrite() tells which is which
  swap_in({way.folder, way.split.name, name, old_version_name(way.journal.run(), number), stamp_of(now)});
  return {true, ""};
}

/// Where the way back failed, the disk has the last word.
Restored bring_back(const Journal& journal, const RewriteEntry& entry) {
  try {
    const SplitPath split = split_path(entry.rewrite.path);
    return swap_back({journal, entry, split, Folder::open(split.folder), shown(entry.rewrite.path)});
  } catch (const Error& e) {
    const SettledRewrite settled = settle_rewrite(entry, journal.run());
    return {settled.version == Version::before, naming(entry.rewrite.path, e.what())};
  }
}

}  // namespace

Restored restore_rewrite(Journal& journal, RewriteEntry& entry, FolderTimes& times) {
  const std::vector<std::string> folders{split_path(entry.rewrite.path).folder};
  journal.restoring_rewrite(entry.rewrite.number, times.about_to_restore(folders));
  entry.state = MoveState::restoring;
  Restored restored = bring_back(journal, entry);
  if (restored.back) {
    journal.rewrite_undone(entry.rewrite.number, times.changed(folders));
    drop_delta(journal.file(), entry.prepared->delta);
  } else {
    journal.rewrite_not_restored(entry.rewrite.number, restored.note, times.changed(folders));
  }
  entry.state = restored.back ? MoveState::undone : MoveState::done;
  entry.note = restored.note;
  return restored;
}

}  // namespace echofold
