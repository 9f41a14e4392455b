// Looks at the three names that a rewrite uses and decides by what is there.
#include "engine/act/recovery/resolve_rewrite.h"

#include <stdio.h>  // NOLINT: renameat2
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "engine/act/files/copier.h"
#include "engine/act/files/swap.h"
#include "engine/act/journal/delta.h"
#include "engine/act/journal/rewrite_step.h"
#include "engine/act/journal/step_state.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

enum class Found : std::uint8_t { nothing, before, after, other };

/// Compares all but the device number, which changes with every mount.
bool is_that(const Stamp& stamp, const struct stat& status) {
  const Stamp now = stamp_of(status);
  return stamp.inode != 0 && now.inode == stamp.inode && now.size_bytes == stamp.size_bytes &&
         now.mtime_ns == stamp.mtime_ns;
}

class RewriteResolver {
 public:
  RewriteResolver(const RewriteStep& entry, const std::string& run)
      : entry_(entry),
        split_(split_path(entry.rewrite.path)),
        folder_(Folder::open(split_.folder)),
        part_(new_version_name(run, entry.rewrite.number)),
        old_(old_version_name(run, entry.rewrite.number)),
        wanted_(entry.state == StepState::restoring ? Found::before : Found::after) {}

  Resolved resolve() {
    const Found found = look(split_.name);
    if (!entry_.prepared) return unprepared(found);
    if (found == wanted_) return swapped(found);
    if (found == Found::nothing) return empty_place();
    if (found == Found::other) return other_file();
    return not_swapped(found);
  }

 private:
  Found look(const std::string& name) const {
    const auto now = folder_.look(name);
    if (!now) return Found::nothing;
    if (!S_ISREG(now->st_mode)) return Found::other;
    if (is_that(entry_.left, *now)) return Found::after;
    if (entry_.prepared && is_that(entry_.prepared->made, *now)) return Found::after;
    if (is_that(entry_.rewrite.stamp, *now)) return Found::before;
    if (!entry_.prepared) return Found::other;
    // Another inode or time: undo has rebuilt the file, or the file system assigns inode numbers anew.
    const Fd fd = open_to_read(folder_, name);
    const std::string hash = bytes_hash(fd.get(), printable(folder_.path_of(name)));
    if (hash == entry_.prepared->before) return Found::before;
    return hash == entry_.prepared->after ? Found::after : Found::other;
  }

  /// Only a temporary file of ours was made.
  Resolved unprepared(Found found) {
    if (found == Found::nothing) return {Whereabouts::unknown, {}, nothing_there()};
    remove(part_);
    return in_place(Whereabouts::before, "interrupted; it is as it was");
  }

  Resolved swapped(Found found) {
    for (const std::string& name : {part_, old_}) {
      const Found leftover = look(name);
      // What came out is a known version, unless another program wrote to it at that very moment.
      if (leftover == Found::other) return put_back(name);
      if (leftover != Found::nothing) remove(name);
    }
    return in_place(found == Found::before ? Whereabouts::before : Whereabouts::after, "");
  }

  Resolved not_swapped(Found found) {
    remove(part_);  // complete or not: it can be made again
    if (look(old_) == found) remove(old_);
    return in_place(found == Found::before ? Whereabouts::before : Whereabouts::after,
                    "interrupted; it is as it was");
  }

  Resolved empty_place() {
    for (const std::string& name : {old_, part_}) {
      const Found there = look(name);
      if (there == Found::nothing || there == wanted_) continue;
      if (name == part_ && there == Found::other) continue;  // a version that is not complete
      rename(name, RENAME_NOREPLACE);
      return resolve();
    }
    return {Whereabouts::unknown, {}, nothing_there()};
  }

  /// Another program has put a file there since. A version that can't be made again stays beside it.
  Resolved other_file() {
    const std::string replaced = printable(entry_.rewrite.path) + ": another file is in its place now";
    if (look(part_) == wanted_ && entry_.state == StepState::intended) {
      remove(part_);
      return in_place(Whereabouts::before, replaced);
    }
    // Not the stamp of the other file: the record must not be taken for a record of that one.
    return {Whereabouts::after, entry_.prepared->made, replaced};
  }

  Resolved put_back(const std::string& name) {
    rename(name, 0);
    remove(part_);
    return in_place(entry_.state == StepState::restoring ? Whereabouts::after : Whereabouts::before,
                    printable(entry_.rewrite.path) + ": changed by another program just as it was rewritten");
  }

  Resolved in_place(Whereabouts where, std::string note) const {
    const auto now = folder_.look(split_.name);
    return {where, now ? stamp_of(*now) : Stamp{}, std::move(note)};
  }

  std::string nothing_there() const { return printable(entry_.rewrite.path) + ": it is not there"; }

  void rename(const std::string& name, unsigned flags) const {
    const auto call = [&](unsigned with) {
      return uninterrupted(
          [&] { return renameat2(folder_.fd(), name.c_str(), folder_.fd(), split_.name.c_str(), with); });
    };
    int result = call(flags);
    if (result != 0 && errno == EINVAL && flags != 0 && !folder_.look(split_.name)) result = call(0);
    if (result != 0) throw system_error(errno, printable(entry_.rewrite.path));
    folder_.sync();
  }

  void remove(const std::string& name) const {
    const auto now = folder_.look(name);
    if (!now || !S_ISREG(now->st_mode)) return;
    if (uninterrupted([&] { return unlinkat(folder_.fd(), name.c_str(), 0); }) != 0 && errno != ENOENT)
      throw system_error(errno, printable(folder_.path_of(name)));
    folder_.sync();
  }

  const RewriteStep& entry_;
  SplitPath split_;
  Folder folder_;
  std::string part_, old_;
  Found wanted_;  // the version that the swap puts in place
};

}  // namespace

Resolved resolve_rewrite(const RewriteStep& entry, const std::string& run) {
  try {
    return RewriteResolver(entry, run).resolve();
  } catch (const Error& e) {
    return {Whereabouts::unknown, {}, e.what()};
  }
}

}  // namespace echofold
