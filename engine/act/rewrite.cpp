// One rewrite after the other: announce, make, prove, announce, swap, record.
#include "engine/act/rewrite.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/act/files/copier.h"
#include "engine/act/files/swap.h"
#include "engine/act/journal/delta.h"
#include "engine/act/journal/delta_store.h"
#include "engine/act/journal/entry_state.h"
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

  /// @throws Error when it is not as the order says, or can't be rewritten without a loss
  explicit OriginalFile(const RewriteOrder& order)
      : split(split_path(order.path)),
        folder(Folder::open(split.folder)),
        file(open_to_read(folder, split.name)),
        status(status_of(file.get(), printable(order.path))),
        what(printable(order.path)) {
    const std::string change = difference(order.stamp, status);
    if (!change.empty()) throw Error(Fault::changed, what + ": changed since it was looked at: " + change);
    if (status.st_nlink > 1)
      throw Error(Fault::unsupported, what + ": has " + std::to_string(status.st_nlink) +
                                          " names (hard links), and new bytes would reach only this one");
  }
};

/// The copy has the owner and mode of the file, or must not take its place.
void give_traits_of(const OriginalFile& original, const PartFile& part, bool keep_mtime) {
  FileTraits traits = traits_of(original.status);
  if (!keep_mtime) traits.mtime = mtime_of(status_of(part.fd(), original.what));
  give_traits(part.fd(), traits, original.what);
  const struct stat given = status_of(part.fd(), original.what);
  if (given.st_uid != original.status.st_uid || given.st_gid != original.status.st_gid)
    throw Error(Fault::permission,
                original.what + ": belongs to another user or group, whom a new version can't be given");
}

/// The delta back to the file, written and proved. @param part  durable, as it is to be
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

/// A further name of a file that vanishes with this object unless it is kept.
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

}  // namespace

struct Rewriter::Impl {
  Store& store;
  Journal& journal;
  FolderTimes& times;
  std::vector<RewriteEntry> entries;

  /// @param make  leaves the new version under its temporary name and fills `prepared`, or throws
  template <class Make>
  Rewritten run(const RewriteOrder& order, const std::string& keeper, Make make) {
    std::optional<OriginalFile> original;
    try {
      original.emplace(order);
    } catch (const Error& e) {
      return {false, {}, naming(order.path, e.what())};
    }
    RewriteEntry& entry = announce(order, keeper, *original);
    try {
      make(*original, entry);
    } catch (const Error& e) {
      return skip(entry, naming(order.path, e.what()));
    }
    journal.intend_rewrite(entry.rewrite.number, *entry.prepared);
    return swap(*original, entry);
  }

  RewriteEntry& announce(const RewriteOrder& order, const std::string& keeper, const OriginalFile& original) {
    RewriteEntry entry;
    entry.rewrite = {entries.size() + 1,
                     order.track,
                     order.path,
                     order.stamp,
                     original.status.st_mode,
                     original.status.st_uid,
                     original.status.st_gid,
                     order.made_by,
                     keeper,
                     far_mtime_of(original.status)};
    journal.prepare_rewrite(entry.rewrite, times.about_to_change({original.split.folder}));
    entries.push_back(std::move(entry));
    return entries.back();
  }

  /// Makes the new version, complete and durable under its temporary name, and the way back.
  void change_copy(const RewriteOrder& order, const NewBytes& bytes, const OriginalFile& original,
                   RewriteEntry& entry) {
    PartFile part(original.folder, new_version_name(journal.run(), entry.rewrite.number));
    copy_content(original.file.get(), part.fd(), original.what);
    if (lseek(part.fd(), 0, SEEK_SET) != 0) throw system_error(errno, original.what);
    bytes.change(part.fd());
    const std::optional<Tags> tags = bytes.verify(original.file.get(), part.fd());
    entry.prepared = complete(order, original, part, entry.rewrite.number);
    if (tags) {
      const auto record = store.snapshot().track(order.track);
      entry.prepared->tags_before = record ? record->tags : Tags{};
      entry.prepared->tags_after = tags;
    }
    part.release();  // from here on the journal knows it
  }

  Prepared complete(const RewriteOrder& order, const OriginalFile& original, const PartFile& part,
                    std::uint64_t number) {
    give_traits_of(original, part, order.keep_mtime);
    if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, original.what);
    return prove(original, part.fd(), journal.file(), number);
  }

  /// The same bytes, shared with those of the keeper.
  void clone_keeper(const RewriteOrder& order, int keeper, const OriginalFile& original,
                    RewriteEntry& entry) {
    PartFile part(original.folder, new_version_name(journal.run(), entry.rewrite.number));
    share_bytes(keeper, part.fd(), original.what);
    copy_attributes(original.file.get(), part.fd());
    require_same_bytes(original, part.fd());
    entry.prepared = complete(order, original, part, entry.rewrite.number);
    part.release();
  }

  /// The keeper's own file under one more name. What it can't share with the old file goes to the journal.
  void name_keeper(const Folder& folder, const std::string& name, int keeper, const OriginalFile& original,
                   RewriteEntry& entry) {
    require_same_bytes(original, keeper);
    if (uninterrupted([&] { return fsync(keeper); }) != 0) throw system_error(errno, original.what);
    LinkedName part(folder, name, original.folder, new_version_name(journal.run(), entry.rewrite.number),
                    original.what);
    const auto linked = original.folder.look(part.name());
    const struct stat expected = status_of(keeper, original.what);
    if (!linked || linked->st_ino != expected.st_ino || linked->st_dev != expected.st_dev)
      throw Error(Fault::changed,
                  original.what + ": the copy that is to stay was replaced by another program");
    entry.prepared = prove(original, keeper, journal.file(), entry.rewrite.number);
    entry.prepared->attributes = attributes_of(original.file.get());
    part.keep();
  }

  Rewritten swap(const OriginalFile& original, RewriteEntry& entry) {
    const std::uint64_t number = entry.rewrite.number;
    std::string failure;
    try {
      swap_in({original.folder, original.split.name, new_version_name(journal.run(), number),
               old_version_name(journal.run(), number), entry.rewrite.stamp});
    } catch (const Error& e) {
      failure = e.what();
    }
    Stamp left = entry.prepared->made;
    if (!failure.empty()) {
      const ResolvedRewrite settled = resolve_rewrite(entry, journal.run());
      if (settled.version == Version::before) return skip(entry, failure);
      entry.note = failure;
      if (settled.version == Version::unknown) return {false, {}, failure};  // stays announced, for recover()
      left = settled.stamp;
    }
    journal.rewritten(number, left, times.changed({original.split.folder}));
    entry.state = MoveState::done;
    entry.left = left;
    sync_store(store, std::vector<RewriteEntry>{entry});
    return {true, left, ""};
  }

  Rewritten skip(RewriteEntry& entry, const std::string& why) {
    journal.rewrite_skipped(entry.rewrite.number, why,
                            times.changed({split_path(entry.rewrite.path).folder}));
    drop_delta(journal.file(), std::to_string(entry.rewrite.number));
    entry.state = MoveState::skipped;
    entry.note = why;
    return {false, {}, why};
  }
};

Rewriter::Rewriter(Store& store, Journal& journal, FolderTimes& times)
    : impl_(new Impl{store, journal, times, {}}) {}
Rewriter::~Rewriter() = default;

Rewritten Rewriter::rewrite(const RewriteOrder& order, const NewBytes& bytes) {
  return impl_->run(order, "", [&](const OriginalFile& original, RewriteEntry& entry) {
    impl_->change_copy(order, bytes, original, entry);
  });
}

Rewritten Rewriter::link(const LinkOrder& link) {
  const RewriteOrder order{link.path, link.stamp, link.track,
                           link.how == LinkKind::hard ? "hard_link" : "reflink", true};
  return impl_->run(order, link.keeper, [&](const OriginalFile& original, RewriteEntry& entry) {
    const SplitPath split = split_path(link.keeper);
    const Folder folder = Folder::open(split.folder);
    const Fd keeper = open_to_read(folder, split.name);
    const std::string change = difference(link.keeper_stamp, status_of(keeper.get(), printable(link.keeper)));
    if (!change.empty())
      throw Error(Fault::changed, printable(link.keeper) + ": the copy that is to stay: changed: " + change);
    if (link.how == LinkKind::hard)
      impl_->name_keeper(folder, split.name, keeper.get(), original, entry);
    else
      impl_->clone_keeper(order, keeper.get(), original, entry);
  });
}

const std::vector<RewriteEntry>& Rewriter::entries() const noexcept { return impl_->entries; }
const std::string& Rewriter::run() const noexcept { return impl_->journal.run(); }

}  // namespace echofold
