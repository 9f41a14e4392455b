// Rename, else link, else copy: each step leaves the file under at least one name.
#include "engine/act/files/mover.h"

#include <fcntl.h>
#include <stdio.h>  // NOLINT: renameat2
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// A name in an open folder.
struct Place {
  const Folder& folder;
  const std::string& name;

  std::string path() const { return printable(folder.path_of(name)); }
  std::optional<struct stat> look() const { return folder.look(name); }
};

enum class Tried : std::uint8_t { done, unable };

Tried outcome(int result, const Place& from, const Place& to) {
  if (result == 0) return Tried::done;
  switch (errno) {
    case EEXIST:
      throw Error(Fault::changed, to.path() + ": something of that name is already there");
    case EXDEV:
    case EINVAL:
    case ENOSYS:
    case EOPNOTSUPP:
      return Tried::unable;
    default:
      throw system_error(errno, from.path() + ": can't move it to " + to.path());
  }
}

Tried try_rename(const Place& from, const Place& to) {
  return outcome(uninterrupted([&] {
                   return renameat2(from.folder.fd(), from.name.c_str(), to.folder.fd(), to.name.c_str(),
                                    RENAME_NOREPLACE);
                 }),
                 from, to);
}

Tried try_link(const Place& from, const Place& to) {
  const int result = uninterrupted(
      [&] { return linkat(from.folder.fd(), from.name.c_str(), to.folder.fd(), to.name.c_str(), 0); });
  // This is how FAT and many FUSE file systems report that they have no links.
  if (result != 0 && (errno == EPERM || errno == EMLINK)) return Tried::unable;
  return outcome(result, from, to);
}

void remove_name(const Place& place) {
  if (uninterrupted([&] { return unlinkat(place.folder.fd(), place.name.c_str(), 0); }) != 0 &&
      errno != ENOENT)
    throw system_error(errno, place.path() + ": can't take it out of its folder");
}

/// Removes the second name or copy that a failed move made, but only if `from` is still the very same file.
void take_back(const Place& from, const Stamp& stamp, const Place& to, std::uint64_t our_inode) noexcept {
  try {
    const auto at_from = from.look();
    const auto at_to = to.look();
    if (at_from && !difference(stamp, *at_from) && at_to && at_to->st_ino == our_inode) remove_name(to);
  } catch (const Error&) {
    return;  // two names are better than none; recovery looks again
  }
}

/// @return its inode as the system reports it now
std::uint64_t require_stamp(const Place& place, const Stamp& stamp) {
  const auto now = place.look();
  if (!now) throw Error(Fault::missing, place.path() + ": it is not there any more");
  if (const auto change = difference(stamp, *now))
    throw Error(Fault::changed, place.path() + ": changed since the plan was made: " + *change);
  return now->st_ino;
}

/// Between the last look and the rename or link, another program may have put another file at the old place.
void require_arrived(const Place& to, const Stamp& stamp) {
  const auto now = to.look();
  const Stamp found = now ? stamp_of(*now) : Stamp{};
  if (found.size_bytes != stamp.size_bytes || found.mtime_ns != stamp.mtime_ns)
    throw Error(Fault::changed, to.path() + ": the file was changed by another program just as it was moved");
}

Tried move_by_rename(const Place& from, const Place& to, const Stamp& stamp) {
  if (try_rename(from, to) == Tried::unable) return Tried::unable;
  try {
    require_arrived(to, stamp);
    to.folder.sync();
    from.folder.sync();
  } catch (const Error&) {
    if (!from.look()) try_rename(to, from);
    throw;
  }
  return Tried::done;
}

Tried move_by_link(const Place& from, const Place& to, const Stamp& stamp) {
  const std::uint64_t inode = require_stamp(from, stamp);
  if (try_link(from, to) == Tried::unable) return Tried::unable;
  try {
    require_arrived(to, stamp);
    to.folder.sync();
    require_stamp(from, stamp);
    remove_name(from);
  } catch (const Error&) {
    take_back(from, stamp, to, inode);
    throw;
  }
  from.folder.sync();
  return Tried::done;
}

/// For file systems that have neither RENAME_NOREPLACE nor links: an empty file of ours takes the name first.
void rename_over_placeholder(const Place& part, const Place& to) {
  const Fd placeholder(uninterrupted([&] {
    return openat(to.folder.fd(), to.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0600);
  }));
  if (!placeholder.valid()) {
    outcome(-1, part, to);  // throws if the name is taken
    throw system_error(errno, to.path());
  }
  if (renameat(part.folder.fd(), part.name.c_str(), to.folder.fd(), to.name.c_str()) == 0) return;
  const Error failure = system_error(errno, to.path());
  remove_name(to);
  throw failure;
}

void give_final_name(const Place& part, const Place& to, Means first) {
  if (first == Means::placeholder) return rename_over_placeholder(part, to);
  if (try_rename(part, to) == Tried::done) return;
  if (try_link(part, to) == Tried::done) return remove_name(part);
  rename_over_placeholder(part, to);
}

/// Removes the file's old name. The copy at `to` is complete, compared and durable before that.
void remove_source(const Place& from, const Place& to, const Stamp& stamp, std::uint64_t our_inode) {
  try {
    to.folder.sync();
    // Another program has removed it: the copy is then the only file, and it is where it should be.
    if (!from.look()) return;
    require_stamp(from, stamp);
    remove_name(from);
  } catch (const Error&) {
    take_back(from, stamp, to, our_inode);
    throw;
  }
  from.folder.sync();
}

/// A file on the side of `to`. Before it was copied there, it was a further name of the file at `from`.
struct OtherName {
  Folder folder;
  std::string name;
  std::uint64_t inode = 0;
};

/// The file at `path`; nothing if it can't be read or has other bytes than `source`.
std::optional<OtherName> name_of_same_bytes(const std::string& path, int source, const std::string& what) {
  try {
    const SplitPath split = split_path(path);
    OtherName other{Folder::open(split.folder), split.name};
    const Fd file = open_to_read(other.folder, other.name);
    struct stat status {};
    if (fstat(file.get(), &status) != 0 || !same_bytes(source, file.get(), what)) return std::nullopt;
    other.inode = status.st_ino;
    return other;
  } catch (const Error&) {
    return std::nullopt;  // then the source is copied
  }
}

/// Makes `to` a hard link of one of the other names, so that they stay names of one file on the other file system.
Tried move_by_other_name(int source, const Place& from, const Place& to, const MoveOrder& order) {
  for (const std::string& path : order.other_names) {
    const auto other = name_of_same_bytes(path, source, from.path());
    if (!other || try_link({other->folder, other->name}, to) == Tried::unable) continue;
    const auto linked = to.look();
    if (!linked || linked->st_ino != other->inode)
      throw Error(Fault::changed,
                  to.path() + ": the file was replaced by another program just as it was moved");
    remove_source(from, to, order.stamp, other->inode);
    return Tried::done;
  }
  return Tried::unable;
}

/// @throws Error Fault::unsupported if the copy refused attributes of the user's that are not `stored` in the journal
void require_stored(std::vector<std::string> refused, const Attributes& stored, const Place& from,
                    const Place& to) {
  std::erase_if(refused, [&](const std::string& name) {
    return !is_of_user(name) || std::any_of(stored.begin(), stored.end(),
                                            [&](const auto& attribute) { return attribute.first == name; });
  });
  if (refused.empty()) return;
  throw Error(Fault::unsupported, from.path() + ": its extended attributes (" + joined_names(refused) +
                                      ") can't be kept: the file system of " + printable(to.folder.path()) +
                                      " does not hold them, and they are too large for the journal");
}

void move_by_copy(const Place& from, const Place& to, const MoveOrder& order) {
  if (to.look()) throw Error(Fault::changed, to.path() + ": something of that name is already there");
  const Fd source = open_to_read(from.folder, from.name);
  struct stat opened {};
  if (fstat(source.get(), &opened) != 0) throw system_error(errno, from.path());
  if (const auto change = difference(order.stamp, opened))
    throw Error(Fault::changed, from.path() + ": changed since the plan was made: " + *change);
  if (move_by_other_name(source.get(), from, to, order) == Tried::done) return;

  PartFile part(to.folder, order.part_name);
  auto refused = copy_verified(source.get(), part, order.traits.value_or(traits_of(opened)),
                               order.back ? order.attributes : Attributes{}, from.path());
  if (!order.back) require_stored(std::move(refused), order.attributes, from, to);
  struct stat copied {};
  if (fstat(part.fd(), &copied) != 0) throw system_error(errno, from.path());
  give_final_name({to.folder, part.name()}, to, order.first);
  part.release();
  remove_source(from, to, order.stamp, copied.st_ino);
}

}  // namespace

Stamp move_file(const MoveOrder& order) {
  const SplitPath from_path = split_path(order.from);
  const SplitPath to_path = split_path(order.to);
  const Folder source = Folder::open(from_path.folder);
  const Folder target = Folder::open(to_path.folder);
  const Place from{source, from_path.name};
  const Place to{target, to_path.name};
  require_stamp(from, order.stamp);

  const auto by_rename = [&] {
    return order.first <= Means::rename ? move_by_rename(from, to, order.stamp) : Tried::unable;
  };
  const auto by_link = [&] {
    return order.first <= Means::link ? move_by_link(from, to, order.stamp) : Tried::unable;
  };
  if (by_rename() == Tried::unable && by_link() == Tried::unable) move_by_copy(from, to, order);

  const auto moved = to.look();
  if (!moved) throw Error(Fault::missing, to.path() + ": it is not there any more");
  return stamp_of(*moved);
}

std::string part_name(const std::string& run, std::uint64_t number) {
  return ".echofold-" + run + "-" + std::to_string(number) + ".part";
}

}  // namespace echofold
