// One rewrite after the other: announce, make, prove, announce, swap, record.
#include "engine/act/rewrite.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/act/copier.h"
#include "engine/act/delta.h"
#include "engine/act/folder.h"
#include "engine/act/settle_rewrite.h"
#include "engine/act/swap.h"
#include "engine/act/sync_store.h"
#include "engine/act/undo_folder.h"
#include "index/error.h"

namespace echofold {
namespace {

struct stat status_of(int fd, const std::string& what) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error(errno, what);
  return status;
}

/// The file as it was found, held open in its folder.
struct Site {
  SplitPath split;
  Folder folder;
  Fd file;
  struct stat status;
  std::string what;  // its path, for messages

  /// @throws Error when it is not as the order says, or can't be rewritten without a loss
  explicit Site(const RewriteOrder& order)
      : split(split_path(order.path)),
        folder(Folder::open(split.folder)),
        file(open_to_read(folder, split.name)),
        status(status_of(file.get(), shown(order.path))),
        what(shown(order.path)) {
    const std::string change = difference(order.stamp, status);
    if (!change.empty()) throw Error(Fault::changed, what + ": changed since it was looked at: " + change);
    if (status.st_nlink > 1)
      throw Error(Fault::unsupported, what + ": has " + std::to_string(status.st_nlink) +
                                          " names (hard links), and new bytes would reach only this one");
  }
};

/// The copy has the owner and mode of the file, or must not take its place.
void give_traits_of(const Site& site, const PartFile& part, bool keep_mtime) {
  FileTraits traits = traits_of(site.status);
  if (!keep_mtime) traits.mtime = mtime_of(status_of(part.fd(), site.what));
  give_traits(part.fd(), traits, site.what);
  const struct stat given = status_of(part.fd(), site.what);
  if (given.st_uid != site.status.st_uid || given.st_gid != site.status.st_gid)
    throw Error(Fault::permission,
                site.what + ": belongs to another user or group, whom a new version can't be given");
}

/// The delta back to the file, written and proved. @param part  durable, as it is to be
Prepared prove(const Site& site, int part, const std::filesystem::path& journal_file, std::uint64_t number) {
  Prepared prepared;
  prepared.made = stamp_of(status_of(part, site.what));
  prepared.before = bytes_hash(site.file.get(), site.what);
  prepared.after = bytes_hash(part, site.what);
  prepared.delta = std::to_string(number);
  const Fd delta = make_delta(journal_file, prepared.delta);
  const std::string writing = site.what + ": can't write the delta back to its old bytes";
  write_delta(part, site.file.get(), delta.get(), writing);
  if (hash_by_delta(part, delta.get(), writing) != prepared.before)
    throw Error(Fault::io, site.what + ": the delta does not give its old bytes; it stays as it is");
  sync_deltas(journal_file);
  return prepared;
}

void require_same_bytes(const Site& site, int other) {
  if (!same_bytes(site.file.get(), other, site.what))
    throw Error(Fault::changed, site.what + ": its bytes are not those of the copy that is to stay");
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
    std::optional<Site> site;
    try {
      site.emplace(order);
    } catch (const Error& e) {
      return {false, {}, naming(order.path, e.what())};
    }
    RewriteEntry& entry = announce(order, keeper, *site);
    try {
      make(*site, entry);
    } catch (const Error& e) {
      return skip(entry, naming(order.path, e.what()));
    }
    journal.intend_rewrite(entry.rewrite.number, *entry.prepared);
    return swap(*site, entry);
  }

  RewriteEntry& announce(const RewriteOrder& order, const std::string& keeper, const Site& site) {
    RewriteEntry entry;
    entry.rewrite = {
        entries.size() + 1, order.track,        order.path,    order.stamp, site.status.st_mode,
        site.status.st_uid, site.status.st_gid, order.made_by, keeper,      far_mtime_of(site.status)};
    journal.prepare_rewrite(entry.rewrite, times.about_to_change({site.split.folder}));
    entries.push_back(std::move(entry));
    return entries.back();
  }

  /// Makes the new version, complete and durable under its temporary name, and the way back.
  void change_copy(const RewriteOrder& order, const NewBytes& bytes, const Site& site, RewriteEntry& entry) {
    PartFile part(site.folder, new_version_name(journal.run(), entry.rewrite.number));
    copy_content(site.file.get(), part.fd(), site.what);
    if (lseek(part.fd(), 0, SEEK_SET) != 0) throw system_error(errno, site.what);
    bytes.change(part.fd());
    const std::optional<Tags> tags = bytes.verify(site.file.get(), part.fd());
    entry.prepared = complete(order, site, part, entry.rewrite.number);
    if (tags) {
      const auto record = store.snapshot().track(order.track);
      entry.prepared->tags_before = record ? record->tags : Tags{};
      entry.prepared->tags_after = tags;
    }
    part.release();  // from here on the journal knows it
  }

  Prepared complete(const RewriteOrder& order, const Site& site, const PartFile& part, std::uint64_t number) {
    give_traits_of(site, part, order.keep_mtime);
    if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, site.what);
    return prove(site, part.fd(), journal.file(), number);
  }

  /// The same bytes, shared with those of the keeper.
  void clone_keeper(const RewriteOrder& order, int keeper, const Site& site, RewriteEntry& entry) {
    PartFile part(site.folder, new_version_name(journal.run(), entry.rewrite.number));
    share_bytes(keeper, part.fd(), site.what);
    copy_attributes(site.file.get(), part.fd());
    require_same_bytes(site, part.fd());
    entry.prepared = complete(order, site, part, entry.rewrite.number);
    part.release();
  }

  /// The keeper's own file under one more name. What it can't share with the old file goes to the journal.
  void name_keeper(const Folder& folder, const std::string& name, int keeper, const Site& site,
                   RewriteEntry& entry) {
    require_same_bytes(site, keeper);
    if (uninterrupted([&] { return fsync(keeper); }) != 0) throw system_error(errno, site.what);
    LinkedName part(folder, name, site.folder, new_version_name(journal.run(), entry.rewrite.number),
                    site.what);
    const auto linked = site.folder.look(part.name());
    const struct stat expected = status_of(keeper, site.what);
    if (!linked || linked->st_ino != expected.st_ino || linked->st_dev != expected.st_dev)
      throw Error(Fault::changed, site.what + ": the copy that is to stay was replaced by another program");
    entry.prepared = prove(site, keeper, journal.file(), entry.rewrite.number);
    entry.prepared->attributes = attributes_of(site.file.get());
    part.keep();
  }

  Rewritten swap(const Site& site, RewriteEntry& entry) {
    const std::uint64_t number = entry.rewrite.number;
    std::string failure;
    try {
      swap_in({site.folder, site.split.name, new_version_name(journal.run(), number),
               old_version_name(journal.run(), number), entry.rewrite.stamp});
    } catch (const Error& e) {
      failure = e.what();
    }
    Stamp left = entry.prepared->made;
    if (!failure.empty()) {
      const SettledRewrite settled = settle_rewrite(entry, journal.run());
      if (settled.version == Version::before) return skip(entry, failure);
      entry.note = failure;
      if (settled.version == Version::unknown) return {false, {}, failure};  // stays announced, for recover()
      left = settled.stamp;
    }
    journal.rewritten(number, left, times.changed({site.split.folder}));
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
  return impl_->run(order, "", [&](const Site& site, RewriteEntry& entry) {
    impl_->change_copy(order, bytes, site, entry);
  });
}

Rewritten Rewriter::link(const LinkOrder& link) {
  const RewriteOrder order{link.path, link.stamp, link.track,
                           link.how == LinkKind::hard ? "hard_link" : "reflink", true};
  return impl_->run(order, link.keeper, [&](const Site& site, RewriteEntry& entry) {
    const SplitPath split = split_path(link.keeper);
    const Folder folder = Folder::open(split.folder);
    const Fd keeper = open_to_read(folder, split.name);
    const std::string change = difference(link.keeper_stamp, status_of(keeper.get(), shown(link.keeper)));
    if (!change.empty())
      throw Error(Fault::changed, shown(link.keeper) + ": the copy that is to stay: changed: " + change);
    if (link.how == LinkKind::hard)
      impl_->name_keeper(folder, split.name, keeper.get(), site, entry);
    else
      impl_->clone_keeper(order, keeper.get(), site, entry);
  });
}

const std::vector<RewriteEntry>& Rewriter::entries() const noexcept { return impl_->entries; }
const std::string& Rewriter::run() const noexcept { return impl_->journal.run(); }

}  // namespace echofold
