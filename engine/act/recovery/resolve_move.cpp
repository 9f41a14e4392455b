// Looks at both places of a move and decides by what is there, never by what should be.
#include "engine/act/recovery/resolve_move.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/act/files/copier.h"
#include "engine/act/files/mover.h"
#include "engine/act/files/names_on_disk.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/move_step.h"
#include "engine/act/journal/step_state.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

void remove_in(const Folder& folder, const std::string& name) {
  if (uninterrupted([&] { return unlinkat(folder.fd(), name.c_str(), 0); }) != 0 && errno != ENOENT)
    throw system_error(errno, printable(folder.path_of(name)));
  folder.sync();
}

/// Removes what a crashed copy left under this move's own temporary name. The file itself is elsewhere.
void remove_part(const std::string& path, const std::string& part) {
  const std::string folder_path = split_path(path).folder;
  try {
    const Folder folder = Folder::open(folder_path);
    const auto found = folder.look(part);
    if (found && S_ISREG(found->st_mode)) remove_in(folder, part);
  } catch (const Error& e) {
    if (e.fault() != Fault::missing) throw;
  }
}

bool equal_content(const Folder& a, const std::string& name_a, const Folder& b, const std::string& name_b) {
  const Fd left = open_to_read(a, name_a);
  const Fd right = open_to_read(b, name_b);
  return same_bytes(left.get(), right.get(), printable(b.path_of(name_b)));
}

/// True if another move of the run has left the file at `to`: if case or normal form do not count on a file system, a
/// name finds a file of another name. The move that brought this very file to `from` does not count as another one.
/// Nor does a move of a further name of this file if the folder lists exactly the name of `to`.
bool is_of_another(const struct stat& at_to, const Move& move, std::span<const Step> run_steps) {
  const auto has_left_it = [&](const MoveStep& entry) {
    const bool there = entry.state == StepState::done || entry.state == StepState::restoring;
    if (!there || entry.move.number == move.number || entry.move.to == move.from) return false;
    const SplitPath to = split_path(move.to);
    if (are_of_one_file(entry.move, move) && is_listed(to.folder, to.name)) return false;
    return entry.left.inode == 0 ? is_same_version(entry.left, stamp_of(at_to))
                                 : entry.left.inode == at_to.st_ino;
  };
  for (const MoveStep& entry : moves_of(run_steps))
    if (has_left_it(entry)) return true;
  return false;
}

Resolved resolve_both(const Move& move, const struct stat& at_from, const struct stat& at_to) {
  const SplitPath from = split_path(move.from);
  const SplitPath to = split_path(move.to);
  const Folder old_place = Folder::open(from.folder);
  const Folder set_aside = Folder::open(to.folder);
  const bool files = S_ISREG(at_from.st_mode) && S_ISREG(at_to.st_mode);
  const bool same = at_from.st_dev == at_to.st_dev && at_from.st_ino == at_to.st_ino;
  const bool placeholder = at_to.st_size == 0 && move.stamp.size_bytes > 0 && at_from.st_size > 0;
  const auto copy = [&] { return equal_content(old_place, from.name, set_aside, to.name); };
  // A file that is seen through two mounts has a single link: removing one name would remove the file. If the file
  // system makes up inode numbers, two files may have equal ones: then their bytes have to be equal, too.
  const bool second_link = same && at_from.st_nlink >= 2 && may_be_one_file(at_from, at_to) &&
                           (inode_numbers(at_from.st_dev) != InodeNumbers::made_up || copy());
  if (files && (second_link || (!same && (placeholder || copy())))) {
    remove_in(set_aside, to.name);
    return {Whereabouts::before, stamp_of(at_from), "interrupted; it is where it was"};
  }
  return {Whereabouts::after, stamp_of(at_to),
          printable(move.from) + ": another file is in its place now; both are kept"};
}

Resolved look(const Move& move, std::span<const Step> run_steps) {
  const auto at_from = look_at(move.from);
  const auto at_to = look_at(move.to);
  if (at_from && at_to && is_of_another(*at_to, move, run_steps))
    return {Whereabouts::before, stamp_of(*at_from),
            printable(move.from) + ": it is where it was; another file of the run has nearly that name"};
  if (at_from && at_to) return resolve_both(move, *at_from, *at_to);
  if (at_from) return {Whereabouts::before, stamp_of(*at_from), "interrupted; it is where it was"};
  if (at_to) return {Whereabouts::after, stamp_of(*at_to), ""};
  return {Whereabouts::unknown,
          {},
          printable(move.from) + ": neither there nor " +
              (move.purpose == MovePurpose::rename ? "at " + printable(move.to) : "in the set-aside folder")};
}

}  // namespace

Resolved resolve_move(const Move& move, const std::string& run, std::span<const Step> run_steps) {
  try {
    Resolved found = look(move, run_steps);
    if (found.where == Whereabouts::unknown) return found;
    remove_part(move.to, part_name(run, move.number));
    remove_part(move.from, part_name(run, move.number));
    return found;
  } catch (const Error& e) {
    return {Whereabouts::unknown, {}, e.what()};
  }
}

}  // namespace echofold
