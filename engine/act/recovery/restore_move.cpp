// Moves one file back, after a look at both places.
#include "engine/act/recovery/restore_move.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <utility>

#include "engine/act/files/attributes.h"
#include "engine/act/files/make_folder.h"
#include "engine/act/files/mover.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/resolve_move.h"
#include "index/base/error.h"
#include "index/base/fs/file_system_id.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

void add_note(std::string& note, const std::string& more) { note += (note.empty() ? "" : "; ") + more; }

std::string new_place(const Move& move) {
  return move.purpose == MovePurpose::rename ? "its new place" : "the set-aside folder";
}

bool is_empty_folder(const std::string& path) {
  std::error_code failure;
  return std::filesystem::is_empty(path, failure) && !failure;
}

std::string nearest_folder(const std::string& path) {
  std::string folder = split_path(path).folder;
  while (folder != "/" && !look_at(folder)) folder = split_path(folder).folder;
  return folder;
}

/// Whether the moved file lies on the device of `folder`, after a move within one device. Device numbers are assigned
/// anew at every mount, but the file and its old folder then still have the same one.
bool lies_on_device_of(const struct stat& folder, const MoveStep& entry) {
  if (entry.left.device != entry.move.stamp.device) return false;
  const auto moved = look_at(entry.move.to);
  return moved && moved->st_dev == folder.st_dev;
}

/// Whether the folder lies on the device that the file was on, whatever its number is now. An unchanged track proves
/// it. If there is none, the folder has to be the library folder itself, still on the file system of its last scan.
/// (Below it there may be other mount points.)
bool is_on_old_device(const std::string& folder, const struct stat& now, const Move& move,
                      const LaterChanges& later) {
  const auto device = later.renumbered.find(move.stamp.device);
  if (device != later.renumbered.end()) return device->second == now.st_dev;
  const auto known = later.file_systems.find(folder);
  return folder == move.root && known != later.file_systems.end() && known->second != 0 &&
         is_on_file_system(folder, known->second);
}

/// An empty mount point looks like a library whose folders are all gone: nothing must be put into it.
void require_mounted(const MoveStep& entry, const LaterChanges& later) {
  const Move& move = entry.move;
  const std::string folder = nearest_folder(move.from);
  const bool away = move.root != "/" && !look_at(move.root);
  const auto is_mount_point = [&] {
    if (!is_empty_folder(folder)) return false;
    const struct stat now = Folder::open(folder).status();
    return now.st_dev != move.stamp.device && !lies_on_device_of(now, entry) &&
           !is_on_old_device(folder, now, move, later);
  };
  if (!away && !is_mount_point()) return;
  throw Error(Fault::missing, printable(away ? move.root : folder) +
                                  ": the library folder is not there or empty; is its drive mounted?");
}

/// @return a note for the user; mostly empty
std::string make_old_folder(const MoveStep& entry, const LaterChanges& later) {
  require_mounted(entry, later);
  const Move& move = entry.move;
  const std::string folder = split_path(move.from).folder;
  if (folder == "/" || look_at(folder)) return "";
  std::vector<std::string> missing;
  for (std::string path = folder; path != "/" && !look_at(path); path = split_path(path).folder)
    missing.push_back(path);
  for (auto path = missing.rbegin(); path != missing.rend(); ++path) make_folder(*path, "");
  return "its folder was gone and was made again";
}

/// The outcome if there is nothing to move: the file is already back or gone, or its old place is taken. Nothing if
/// it can be moved.
std::optional<Restored> outcome_without_move(const Move& move, const std::optional<struct stat>& at_from,
                                             const std::optional<struct stat>& at_to) {
  if (!at_to && at_from && static_cast<std::uint64_t>(at_from->st_size) == move.stamp.size_bytes &&
      mtime_ns_of(*at_from) == move.stamp.mtime_ns)
    return Restored{true, "it was already back in its place"};
  if (!at_to) return Restored{false, printable(move.to) + ": it is gone from " + new_place(move)};
  if (!at_from) return std::nullopt;
  return Restored{false,
                  printable(move.from) + ": its old place is taken; the file stays at " + printable(move.to)};
}

bool has_changed(const Stamp& left, const Stamp& now) noexcept {
  return now.size_bytes != left.size_bytes || now.mtime_ns != left.mtime_ns;
}

/// Why the file is not taken for the one that the run put there; nothing if it is. Equal size and time prove it, or the
/// stamp that the library has of it. For a file that was set aside or is no track, an equal inode is enough: the user
/// may have written to it.
std::optional<std::string> why_other_file(const MoveStep& entry, const LaterChanges& later,
                                          const struct stat& at_to) {
  const Move& move = entry.move;
  const Stamp now = stamp_of(at_to);
  if (!S_ISREG(at_to.st_mode) || !has_changed(entry.left, now))
    return std::nullopt;  // the move reports what is no regular file
  if (const auto known = later.known.find(move.to);
      known != later.known.end() && is_unchanged(known->second, now))
    return std::nullopt;
  const bool inode_suffices = move.purpose == MovePurpose::set_aside || move.track == 0;
  // If inode numbers do not last, times may not either (FAT stores local time): then the size decides.
  const bool is_same =
      now.inode == 0 ? now.size_bytes == entry.left.size_bytes : now.inode == entry.left.inode;
  if (inode_suffices && is_same) return std::nullopt;
  return printable(move.to) + ": is not as the run left it and may be another file, so it stays" +
         (move.track == 0 || move.purpose == MovePurpose::set_aside
              ? ""
              : ". If it is the same song, run `echofold scan`, then `undo` again");
}

/// The run that a step belongs to.
struct RunParts {
  const std::string& run;
  std::span<const Step> steps;
};

MoveOrder order_back(const MoveStep& entry, const RunParts& parts, const struct stat& at_to) {
  const Move& move = entry.move;
  MoveOrder order{move.to, move.from, stamp_of(at_to), part_name(parts.run, move.number)};
  order.other_names = names_at_old_place(parts.steps, move);
  order.attributes = move.attributes;
  order.back = true;
  // If the file is unchanged since, it also gets its mode, owner and time back, which the other file system may not
  // have stored. Device numbers change with every mount, and inode numbers of some file systems as well.
  if (is_unchanged(entry.left, stamp_of(at_to)))
    order.traits = FileTraits{move.mode, move.uid, move.gid, move.mtime()};
  return order;
}

/// Moves the file. If that fails, what is on the disk decides.
Restored move_back(const MoveStep& entry, const RunParts& parts, const struct stat& at_to, std::string note) {
  const Move& move = entry.move;
  const Attributes wanted = with_others(attributes_for_journal(move.to, move.from), move.attributes);
  try {
    move_file(order_back(entry, parts, at_to));
    if (const auto missing =
            wanted.empty() ? std::vector<std::string>{} : missing_attributes(move.from, wanted);
        !missing.empty())
      add_note(note, printable(move.from) + ": it came back without its extended attributes " +
                         joined_names(missing) + ", which could not be given to it");
    return {true, std::move(note)};
  } catch (const Error& e) {
    add_note(note, e.what());
    return {resolve_move(entry.move, parts.run, {}).where == Whereabouts::before, std::move(note)};
  }
}

/// What is known before anything is moved; nothing if the file is there and its old place is free.
std::optional<Restored> known_before(const MoveStep& entry, const LaterChanges& later,
                                     const std::optional<struct stat>& at_to) {
  if (auto why = at_to ? why_other_file(entry, later, *at_to) : std::nullopt)
    return Restored{false, *std::move(why)};
  return outcome_without_move(entry.move, look_at(entry.move.from), at_to);
}

Restored bring_back(const MoveStep& entry, const RunParts& parts, FolderTimes& times,
                    const LaterChanges& later) {
  const Move& move = entry.move;
  try {
    const auto at_to = look_at(move.to);
    if (auto known = known_before(entry, later, at_to)) return *std::move(known);
    std::string note = make_old_folder(entry, later);
    if (has_changed(entry.left, stamp_of(*at_to)))
      add_note(note, printable(move.from) + ": it was changed in " + new_place(move) +
                         " and came back as it is now");
    times.about_to_restore(folders_of(move));
    return move_back(entry, parts, *at_to, std::move(note));
  } catch (const Error& e) {
    return {false, e.what()};
  }
}

}  // namespace

std::vector<std::string> folders_of(const Move& move) {
  return {split_path(move.from).folder, split_path(move.to).folder};
}

Restored could_restore(const MoveStep& entry, const LaterChanges& later) {
  try {
    if (auto known = known_before(entry, later, look_at(entry.move.to))) return *std::move(known);
    require_mounted(entry, later);
    return {true, ""};
  } catch (const Error& e) {
    return {false, e.what()};
  }
}

Restored restore_move(const MoveStep& step, const std::string& run, std::span<const Step> run_steps,
                      FolderTimes& times, const LaterChanges& later) {
  return bring_back(step, {run, run_steps}, times, later);
}

}  // namespace echofold
