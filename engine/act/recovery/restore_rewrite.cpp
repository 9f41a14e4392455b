// Rebuilds the old version, proves it, swaps it in.
#include "engine/act/recovery/restore_rewrite.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "engine/act/files/copier.h"
#include "engine/act/files/swap.h"
#include "engine/act/journal/delta.h"
#include "engine/act/journal/delta_store.h"
#include "engine/act/recovery/resolve_rewrite.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

struct Restoration {
  const RewriteStep& step;
  const std::string& run;
  const std::filesystem::path& journal;
  SplitPath split;
  Folder folder;
  std::string what;
};

/// Gives the new file the attributes of the old one. A hard link has those of its keeper, so the old ones are in the
/// journal.
void give_old_attributes(const Restoration& restoration, int file, int part) {
  const bool link = restoration.step.rewrite.kind == RewriteKind::hard_link;
  give_attributes(part, link ? restoration.step.prepared->attributes : attributes_of(file));  // best effort
}

void rebuild(const Restoration& restoration, int file, const PartFile& part) {
  const Prepared& prepared = *restoration.step.prepared;
  const Fd delta = open_delta(restoration.journal, prepared.delta);
  apply_delta(file, delta.get(), part.fd(), restoration.what + ": can't make its old bytes");
  if (bytes_hash(part.fd(), restoration.what) != prepared.before)
    throw Error(Fault::damaged,
                restoration.what + ": the delta does not give its old bytes; it stays as it is");
  give_old_attributes(restoration, file, part.fd());
  const Rewrite& rewrite = restoration.step.rewrite;
  give_traits(part.fd(), {rewrite.mode, rewrite.uid, rewrite.gid, rewrite.mtime()}, restoration.what);
  if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, restoration.what);
}

Restored swap_back(const Restoration& restoration) {
  const Fd file = open_to_read(restoration.folder, restoration.split.name);
  struct stat now {};
  if (fstat(file.get(), &now) != 0) throw system_error(errno, restoration.what);
  const Prepared& prepared = *restoration.step.prepared;
  const bool link = restoration.step.rewrite.kind == RewriteKind::hard_link;
  if (!S_ISREG(now.st_mode) || bytes_hash(file.get(), restoration.what) != prepared.after)
    return {false, restoration.what + ": it was changed since the run and stays as it is"};
  if (!link && now.st_nlink > 1)
    return {false, restoration.what + ": it has several names (hard links) now and stays as it is"};
  const std::uint64_t number = restoration.step.rewrite.number;
  PartFile part(restoration.folder, new_version_name(restoration.run, number));
  rebuild(restoration, file.get(), part);
  const std::string name = part.name();
  part.release();  // after the swap it is the run's version: resolve_rewrite() finds out which is which
  swap_in({restoration.folder, restoration.split.name, name, old_version_name(restoration.run, number),
           stamp_of(now)});
  return {true, ""};
}

}  // namespace

Restored restore_rewrite(const RewriteStep& step, const std::string& run,
                         const std::filesystem::path& journal) {
  try {
    const SplitPath split = split_path(step.rewrite.path);
    return swap_back({step, run, journal, split, Folder::open(split.folder), printable(step.rewrite.path)});
  } catch (const Error& e) {
    // What is on the disk decides.
    return {resolve_rewrite(step, run).where == Whereabouts::before, naming(step.rewrite.path, e.what())};
  }
}

}  // namespace echofold
