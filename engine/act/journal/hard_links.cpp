// Compares the names that the library knows of a file with what the disk shows.
#include "engine/act/journal/hard_links.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>

#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

std::optional<struct stat> seen(const std::string& path) {
  try {
    return look_at(path);
  } catch (const Error&) {
    return std::nullopt;  // a name that can't be looked at can't go
  }
}

/// The other names in the library's record, because a plan from a file does not have them.
std::vector<std::string> known_links(const TrackRecord& loser, const Snapshot& snapshot) {
  const auto id = snapshot.find_path(loser.path);
  const auto record = id ? snapshot.track(*id) : std::nullopt;
  std::vector<std::string> links = record ? record->link_paths : loser.link_paths;
  if (record && record->path != loser.path) links.push_back(record->path);
  return links;
}

const std::string& first_name(const Move& move) noexcept {
  return move.link_of.empty() ? move.from : move.link_of;
}

std::vector<const MoveStep*> other_names(std::span<const Step> steps, const Move& move) {
  std::vector<const MoveStep*> others;
  for (const MoveStep& other : moves_of(steps))
    if (other.move.number != move.number && are_of_one_file(other.move, move)) others.push_back(&other);
  return others;
}

}  // namespace

std::vector<NameToGo> names_to_go(const std::vector<TrackRecord>& losers, const Snapshot& snapshot) {
  std::vector<NameToGo> names;
  std::set<std::string> taken;
  for (const TrackRecord& loser : losers) {
    if (!taken.insert(loser.path).second) continue;
    const auto file = seen(loser.path);
    const auto add = [&](const std::string& path, TrackId track, const Stamp& stamp) {
      if (!file || file->st_nlink < 2 || taken.contains(path)) return;
      const auto other = seen(path);
      if (!other || !may_be_one_file(*file, *other)) return;
      taken.insert(path);
      names.push_back({path, loser.path, track, stamp});
    };
    for (const TrackRecord& other : losers) add(other.path, other.id, other.stamp);
    for (const std::string& link : known_links(loser, snapshot)) add(link, 0, {});
    names.push_back({loser.path, "", loser.id, loser.stamp});
  }
  return names;
}

std::optional<Error> why_names_stay(const TrackRecord& loser, const std::vector<NameToGo>& names,
                                    const std::vector<std::string>& protected_folders) {
  std::string first = loser.path;
  for (const NameToGo& name : names)
    if (name.path == loser.path && !name.link_of.empty()) first = name.link_of;
  std::uint64_t known = 0;
  for (const NameToGo& name : names) {
    if (name.path != first && name.link_of != first) continue;
    ++known;
    for (const std::string& folder : protected_folders)
      if (name.path != loser.path && is_same_or_inside(name.path, folder))
        return Error(Fault::guard,
                     fmt::format("{}: has another name (a hard link) in the protected folder {}: {}",
                                 printable(loser.path), printable(folder), printable(name.path)));
  }
  const auto file = seen(loser.path);
  if (!file || file->st_nlink <= known || inode_numbers(file->st_dev) == InodeNumbers::made_up)
    return std::nullopt;
  return Error(
      Fault::guard,
      fmt::format("{}: has another name outside the library (a hard link; {} of its {} names are known), so "
                  "setting it "
                  "aside would free nothing; scan the folder of the other name, too, or remove that name",
                  printable(loser.path), known, file->st_nlink));
}

bool are_of_one_file(const Move& a, const Move& b) noexcept {
  return (!a.link_of.empty() || !b.link_of.empty()) && first_name(a) == first_name(b);
}

std::vector<std::string> names_at_target(std::span<const Step> steps, const Move& move) {
  std::vector<std::string> names;
  for (const MoveStep* other : other_names(steps, move))
    if (other->state == StepState::done) names.push_back(other->move.to);
  return names;
}

std::vector<std::string> names_at_old_place(std::span<const Step> steps, const Move& move) {
  std::vector<std::string> names;
  for (const MoveStep* other : other_names(steps, move))
    if (other->state == StepState::undone || other->state == StepState::skipped)
      names.push_back(other->move.from);
  return names;
}

}  // namespace echofold
