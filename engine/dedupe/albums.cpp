// Counts the tracks of albums that would lose some.
#include "engine/dedupe/albums.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "index/base/fs/trash_folders.h"
#include "index/model/album.h"

namespace echofold {
namespace {

constexpr std::uint32_t fewest_without_total = 4;

/// A file in a trash or snapshot folder belongs to no album.
AlbumKey album_of(const TrackRecord& track) {
  return is_in_trash(track.path) ? std::nullopt : album_in_folder(track);
}

AlbumKey disc_of(const TrackRecord& track) {
  return is_in_trash(track.path) ? std::nullopt : disc_in_folder(track);
}

/// One disc of an album.
struct Disc {
  std::map<std::uint32_t, std::uint32_t> files;  // of each track number
  std::uint32_t total = 0;                       // from the tags; 0: unknown
  std::vector<std::pair<const PlanGroup*, PlanDrop*>> going;

  void count(const TrackRecord& track) {
    const auto number = number_of(track.tags.track);
    if (!number || *number == 0) return;
    ++files[*number];
    total = std::max(total, total_of(track.tags.track).value_or(0));
  }

  bool is_complete() const {
    if (files.size() < 2 || files.rbegin()->first != files.size()) return false;  // 1 to n are n numbers
    return total > 0 ? total == files.size() : files.size() >= fewest_without_total;
  }

  std::uint32_t left_of(std::uint32_t number) const {
    const auto gone = std::count_if(going.begin(), going.end(), [&](const auto& going_one) {
      return number_of(going_one.second->file.track.tags.track) == number;
    });
    return files.at(number) - std::min(files.at(number), static_cast<std::uint32_t>(gone));
  }

  /// True if nothing stays, and all the better copies lie in one other album.
  bool goes_as_a_whole() const {
    for (const auto& [number, count] : files)
      if (left_of(number) > 0) return false;
    const AlbumKey better = album_of(going.front().first->keep.track);
    return better && better != album_of(going.front().second->file.track) &&
           std::all_of(going.begin(), going.end(),
                       [&](const auto& one) { return album_of(one.first->keep.track) == better; });
  }
};

/// True for a new file and another copy with the same album title: one replaces the other, so the album still has the
/// track.
bool is_replaced(const PlanGroup& group, const PlanDrop& drop) {
  return (group.keep.is_new || drop.file.is_new) &&
         same_album_title(group.keep.track.tags.album, drop.file.track.tags.album);
}

void spare(Disc& disc) {
  if (!disc.is_complete() || disc.goes_as_a_whole()) return;
  for (const auto& [group, drop] : disc.going) {
    const auto number = number_of(drop->file.track.tags.track);
    if (drop->chosen || is_replaced(*group, *drop) || !number || *number == 0 || disc.left_of(*number) > 0)
      continue;
    drop->action = Action::none;
    drop->why += "; stays: its album of " + std::to_string(disc.files.size()) + " tracks is complete";
  }
}

}  // namespace

void spare_complete_albums(Plan& plan, const Snapshot& snapshot) {
  std::map<std::string, Disc> discs;
  for (PlanGroup& group : plan.groups)
    for (PlanDrop& drop : group.drops)
      if (const AlbumKey key = disc_of(drop.file.track); key && drop.action != Action::none)
        discs[*key].going.emplace_back(&group, &drop);
  if (discs.empty()) return;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present) return;
    const AlbumKey key = disc_of(track);
    if (const auto disc = key ? discs.find(*key) : discs.end(); disc != discs.end())
      disc->second.count(track);
  });
  for (auto& [key, disc] : discs) spare(disc);
}

}  // namespace echofold
