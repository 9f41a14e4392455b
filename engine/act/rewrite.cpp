// One rewrite after the other: announce, make, prove, announce, swap, record.
#include "engine/act/rewrite.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/act/copier.h"
#include "engine/act/delta.h"
#include "engine/act/folder.h"
#include "engine/act/restore.h"
#include "engine/act/settle_rewrite.h"
#include "engine/act/swap.h"
#include "engine/act/sync_store.h"
#include "engine/act/undo.h"
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
  if (!keep_mtime) traits.mtime_ns = mtime_ns_of(status_of(part.fd(), site.what));
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

}  // namespace

struct Rewriter::Impl {
  Store& store;
  Journal& journal;
  FolderTimes& times;
  std::vector<RewriteEntry> entries;

  Rewritten rewrite(const RewriteOrder& order, const NewBytes& bytes) {
    std::optional<Site> site;
    try {
      site.emplace(order);
    } catch (const Error& e) {
      return {false, {}, naming(order.path, e.what())};
    }
    RewriteEntry& entry = announce(order, *site);
    try {
      prepare(order, bytes, *site, entry);
    } catch (const Error& e) {
      return skip(entry, naming(order.path, e.what()));
    }
    journal.intend_rewrite(entry.rewrite.number, *entry.prepared);
    return swap(*site, entry);
  }

  RewriteEntry& announce(const RewriteOrder& order, const Site& site) {
    RewriteEntry entry;
    entry.rewrite = {entries.size() + 1, order.track,        order.path,    order.stamp, site.status.st_mode,
                     site.status.st_uid, site.status.st_gid, order.made_by, ""};
    journal.prepare_rewrite(entry.rewrite, times.about_to_change({site.split.folder}));
    entries.push_back(std::move(entry));
    return entries.back();
  }

  /// Makes the new version, complete and durable under its temporary name, and the way back.
  void prepare(const RewriteOrder& order, const NewBytes& bytes, const Site& site, RewriteEntry& entry) {
    PartFile part(site.folder, new_version_name(journal.run(), entry.rewrite.number));
    copy_content(site.file.get(), part.fd(), site.what);
    if (lseek(part.fd(), 0, SEEK_SET) != 0) throw system_error(errno, site.what);
    bytes.change(part.fd());
    const std::optional<Tags> tags = bytes.verify(site.file.get(), part.fd());
    give_traits_of(site, part, order.keep_mtime);
    if (uninterrupted([&] { return fsync(part.fd()); }) != 0) throw system_error(errno, site.what);
    Prepared prepared = prove(site, part.fd(), journal.file(), entry.rewrite.number);
    if (tags) {
      const auto record = store.snapshot().track(order.track);
      prepared.tags_before = record ? record->tags : Tags{};
      prepared.tags_after = tags;
    }
    entry.prepared = std::move(prepared);
    part.release();  // from here on the journal knows it
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
    : impl_(std::make_unique<Impl>(store, journal, times)) {}
Rewriter::~Rewriter() = default;

Rewritten Rewriter::rewrite(const RewriteOrder& order, const NewBytes& bytes) {
  return impl_->rewrite(order, bytes);
}

const std::vector<RewriteEntry>& Rewriter::entries() const noexcept { return impl_->entries; }

struct RewriteRun::Impl {
  Store& store;
  std::string kind;
  std::optional<Journal> journal;
  FolderTimes times;
  std::optional<Rewriter> rewriter;
};

RewriteRun::RewriteRun(Store& store, std::string kind) : impl_(new Impl{store, std::move(kind), {}, {}, {}}) {
  recover(store);
}
RewriteRun::~RewriteRun() = default;

Store& RewriteRun::store() noexcept { return impl_->store; }

Rewriter& RewriteRun::rewriter() {
  if (!impl_->journal) {
    impl_->journal = Journal::create(runs_dir(impl_->store), impl_->store.library_id(), impl_->kind);
    impl_->rewriter.emplace(impl_->store, *impl_->journal, impl_->times);
  }
  return *impl_->rewriter;
}

RewriteSummary RewriteRun::close(bool interrupted) {
  RewriteSummary summary;
  if (!impl_->journal) return summary;
  Journal& journal = *impl_->journal;
  summary.run = journal.run();
  bool open = false;
  for (const RewriteEntry& entry : impl_->rewriter->entries()) {
    ++(entry.state == MoveState::done ? summary.rewritten : summary.skipped);
    open = open || entry.state == MoveState::intended;
  }
  close_if_nothing_left(journal);
  if (!interrupted) journal.finish();
  if (!open) journal.settled();
  return summary;
}

}  // namespace echofold
