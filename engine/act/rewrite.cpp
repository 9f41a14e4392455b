// One rewrite after the other: announce, make, prove, announce, swap, record.
#include "engine/act/rewrite.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/act/files/copier.h"
#include "engine/act/files/swap.h"
#include "engine/act/journal/delta.h"
#include "engine/act/journal/delta_store.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/recovery/resolve_rewrite.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

struct stat status_of(int fd, const std::string& what) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error(errno, what);
  return status;
}

/// The file as it was found, held open in its folder.
struct OriginalFile {
  SplitPath split;
  Folder folder;
  Fd file;
  struct stat status;
  std::string what;  // its path, for messages

  /// @throws Error if it is not as the order says, or has several names (hard links)
  explicit OriginalFile(const RewriteOrder& order)
      : split(split_path(order.path)),
        folder(Folder::open(split.folder)),
        file(open_to_read(folder, split.name)),
        status(status_of(file.get(), printable(order.path))),
        what(printable(order.path)) {
    if (const auto change = difference(order.stamp, status))
      throw Error(Fault::changed, what + ": changed since it was looked at: " + *change);
    if (status.st_nlink > 1)
      throw Error(Fault::unsupported, what + ": has " + std::to_string(status.st_nlink) +
                                          " names (hard links), and new bytes would reach only this one");
  }
};

/// Gives the copy the file's owner and mode, and its mtime if `keep_mtime` says so. @throws Error if it can't have
/// the owner and group: then it must not take the file's place
void give_traits_of(const OriginalFile& original, const PartFile& part, bool keep_mtime) {
  FileTraits traits = traits_of(original.status);
  if (!keep_mtime) traits.mtime = mtime_of(status_of(part.fd(), original.what));
  give_traits(part.fd(), traits, original.what);
  const struct stat given = status_of(part.fd(), original.what);
  if (given.st_uid != original.status.st_uid || given.st_gid != original.status.st_gid)
    throw Error(Fault::permission,
                original.what + ": belongs to another user or group; a new version of it would not");
}

/// Writes the delta back to the old bytes and proves it. @param part  durable, in its final form
Prepared prove(const OriginalFile& original, int part, const std::filesystem::path& journal_file,
               std::uint64_t number) {
  Prepared prepared;
  prepared.made = stamp_of(status_of(part, original.what));
  prepared.before = bytes_hash(original.file.get(), original.what);
  prepared.after = bytes_hash(part, original.what);
  prepared.delta = std::to_string(number);
  const Fd delta = make_delta(journal_file, prepared.delta);
  const std::string writing = original.what + ": can't write the delta back to its old bytes";
  write_delta(part, original.file.get(), delta.get(), writing);
  if (hash_by_delta(part, delta.get(), writing) != prepared.before)
    throw Error(Fault::io, original.what + ": the delta does not give its old bytes; it stays as it is");
  sync_deltas(journal_file);
  return prepared;
}

void require_same_bytes(const OriginalFile& original, int other) {
  if (!same_bytes(original.file.get(), other, original.what))
    throw Error(Fault::changed, original.what + ": its bytes are not those of the copy that is to stay");
}

void share_bytes(int from, int to, const std::string& what) {
  if (ioctl(to, FICLONE, from) == 0) return;
  if (errno == EOPNOTSUPP || errno == EINVAL || errno == ENOTTY || errno == EXDEV || errno == ENOSYS)
    throw Error(Fault::unsupported, what + ": its file system can't share bytes between files (reflink)");
  throw system_error(errno, what);
}

/// A further name of a file. The destructor removes it unless keep() was called.
class LinkedName {
 public:
  LinkedName(const Folder& from, const std::string& file, const Folder& to, std::string name,
             const std::string& what)
      : folder_(to), name_(std::move(name)) {
    if (uninterrupted([&] { return linkat(from.fd(), file.c_str(), to.fd(), name_.c_str(), 0); }) == 0)
      return;
    if (errno == EXDEV || errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK)
      throw Error(Fault::unsupported, what + ": can't be a hard link of the copy that is to stay: " +
                                          system_error(errno, "").what());
    throw system_error(errno, what);
  }
  ~LinkedName() {
    if (!kept_) unlinkat(folder_.fd(), name_.c_str(), 0);
  }
  LinkedName(const LinkedName&) = delete;
  LinkedName& operator=(const LinkedName&) = delete;
  const std::string& name() const noexcept { return name_; }
  void keep() noexcept { kept_ = true; }

 private:
  const Folder& folder_;
  std::string name_;
  bool kept_ = false;
};

/// The new version of a file while a run makes it under its temporary name.
struct NewVersion {
  ActiveRun& run;
  const RewriteOrder& order;
  const OriginalFile& original;
  std::uint64_t number;

  std::string name() const { return new_version_name(run.run(), number); }

  /// Sets the traits, makes the new version durable, and writes the delta back.
  Prepared complete(const PartFile& part) const {
    give_traits_of(original, part, order.keep_mtime);
    if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, original.what);
    return prove(original, part.fd(), run.journal_file(), number);
  }
};

/// Makes a changed copy. It stays under its temporary name.
Prepared change_copy(const NewVersion& version, const NewBytes& bytes) {
  const OriginalFile& original = version.original;
  PartFile part(original.folder, version.name());
  copy_content(original.file.get(), part.fd(), original.what);
  if (lseek(part.fd(), 0, SEEK_SET) != 0) throw system_error(errno, original.what);
  bytes.change(part.fd());
  const std::optional<Tags> tags = bytes.verify(original.file.get(), part.fd());
  Prepared prepared = version.complete(part);
  if (tags) {
    const auto record = version.run.store().snapshot().track(version.order.track);
    prepared.tags_before = record ? record->tags : Tags{};
    prepared.tags_after = tags;
  }
  part.release();
  return prepared;
}

/// Makes a file that shares the bytes of the keeper, which have to be those of the original.
Prepared clone_keeper(const NewVersion& version, int keeper) {
  const OriginalFile& original = version.original;
  PartFile part(original.folder, version.name());
  share_bytes(keeper, part.fd(), original.what);
  copy_attributes(original.file.get(), part.fd());
  require_same_bytes(original, part.fd());
  Prepared prepared = version.complete(part);
  part.release();
  return prepared;
}

/// Gives the keeper's own file one more name. The old file's attributes, which it can't have there, go to the journal.
Prepared name_keeper(const NewVersion& version, const Folder& folder, const std::string& name, int keeper) {
  const OriginalFile& original = version.original;
  require_same_bytes(original, keeper);
  if (uninterrupted([&] { return fsync(keeper); }) != 0) throw system_error(errno, original.what);
  LinkedName part(folder, name, original.folder, version.name(), original.what);
  const auto linked = original.folder.look(part.name());
  const struct stat expected = status_of(keeper, original.what);
  if (!linked || linked->st_ino != expected.st_ino || linked->st_dev != expected.st_dev)
    throw Error(Fault::changed, original.what + ": the copy that is to stay was replaced by another program");
  Prepared prepared = prove(original, keeper, version.run.journal_file(), version.number);
  prepared.attributes = attributes_of(original.file.get());
  part.keep();
  return prepared;
}

Rewritten skip(ActiveRun& run, std::size_t step, const Error& why) {
  const Rewrite& rewrite = run.rewrite_at(step).rewrite;
  run.skip(step, why.what(), {split_path(rewrite.path).folder});
  drop_delta(run.journal_file(), std::to_string(rewrite.number));
  return {{}, why};
}

/// Swaps the new version in. If that fails, what is on the disk decides.
Rewritten put_in_place(ActiveRun& run, const OriginalFile& original, std::size_t step) {
  const RewriteStep& rewrite = run.rewrite_at(step);
  const std::uint64_t number = rewrite.rewrite.number;
  Stamp left = rewrite.prepared->made;
  try {
    swap_in({original.folder, original.split.name, new_version_name(run.run(), number),
             old_version_name(run.run(), number), rewrite.rewrite.stamp});
  } catch (const Error& e) {
    const Resolved found = resolve_rewrite(rewrite, run.run());
    if (found.where == Whereabouts::before) return skip(run, step, e);
    run.leave_in_doubt(step, e.what());
    if (found.where == Whereabouts::unknown) return {{}, e};
    left = found.stamp;
  }
  run.done(step, left, {original.split.folder});
  sync_store(run.store(), std::span(&run.steps()[step], 1));
  return {left};
}

Rewrite rewrite_of(const RewriteOrder& order, const std::string& keeper, const OriginalFile& original) {
  return {0,
          order.track,
          order.path,
          order.stamp,
          original.status.st_mode,
          original.status.st_uid,
          original.status.st_gid,
          order.kind,
          keeper,
          far_mtime_of(original.status)};
}

/// Does one rewrite, from the first look at the file to its record.
/// @param make  makes the new version, complete and durable under its temporary name, and the delta back; may throw
///              an Error
template <class Make>
Rewritten rewrite_one(ActiveRun& run, const RewriteOrder& order, const std::string& keeper, Make make) {
  run.open();
  std::optional<OriginalFile> original;
  try {
    original.emplace(order);
  } catch (const Error& e) {
    return {{}, naming(order.path, e)};
  }
  const std::size_t step = run.announce(rewrite_of(order, keeper, *original));
  Prepared prepared;
  try {
    prepared = make(NewVersion{run, order, *original, run.rewrite_at(step).rewrite.number});
  } catch (const Error& e) {
    return skip(run, step, naming(order.path, e));
  }
  run.prepared(step, std::move(prepared));
  return put_in_place(run, *original, step);
}

}  // namespace

Rewritten Rewriter::rewrite(const RewriteOrder& order, const NewBytes& bytes) {
  return rewrite_one(run_, order, "", [&](const NewVersion& version) { return change_copy(version, bytes); });
}

Rewritten Rewriter::link(const LinkOrder& link) {
  const RewriteOrder order{link.path, link.stamp, link.track, rewrite_kind_of(link.how), true};
  return rewrite_one(run_, order, link.keeper, [&](const NewVersion& version) {
    const SplitPath split = split_path(link.keeper);
    const Folder folder = Folder::open(split.folder);
    const Fd keeper = open_to_read(folder, split.name);
    const std::string what = printable(link.keeper);
    if (const auto change = difference(link.keeper_stamp, status_of(keeper.get(), what)))
      throw Error(Fault::changed, what + ": the copy that is to stay: changed: " + *change);
    return link.how == LinkKind::hard ? name_keeper(version, folder, split.name, keeper.get())
                                      : clone_keeper(version, keeper.get());
  });
}

RewriteSummary close_rewrites(ActiveRun& run, bool interrupted) {
  RewriteSummary summary;
  if (!run.is_open()) return summary;
  summary.run = run.run();
  for (const RewriteStep& step : rewrites_of(run.steps()))
    ++(step.state == StepState::done ? summary.rewritten : summary.skipped);
  run.close(interrupted);
  return summary;
}

}  // namespace echofold
