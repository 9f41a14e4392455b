// See file_notes.h.
#include "tools/review/file_notes.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/playlist/playlists_naming.h"
#include "index/model/album.h"

namespace echofold {
namespace {

void for_each_file(const Plan& plan, const std::function<void(const TrackRecord&)>& visit) {
  for (const PlanGroup& group : plan.groups) {
    visit(group.keep.track);
    for (const PlanDrop& drop : group.drops) visit(drop.file.track);
  }
}

void note_albums(const Plan& plan, const Snapshot& snapshot, FileNotes& notes) {
  std::unordered_map<std::string, AlbumNote> albums;
  for_each_file(plan, [&](const TrackRecord& track) {
    if (auto key = album_in_folder(track)) albums[*std::move(key)].title = track.tags.album;
  });
  if (albums.empty()) return;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present) return;
    const auto key = album_in_folder(track);
    const auto found = key ? albums.find(*key) : albums.end();
    if (found == albums.end()) return;
    ++found->second.tracks;
    found->second.of = std::max(found->second.of, total_of(track.tags.track).value_or(0));
  });
  for_each_file(plan, [&](const TrackRecord& track) {
    if (const auto key = album_in_folder(track)) notes.albums[track.id] = albums[*key];
  });
}

void note_playlists(const Plan& plan, const Snapshot& snapshot, FileNotes& notes,
                    const std::stop_token& stop) {
  std::vector<std::string> files, roots;
  for_each_file(plan, [&](const TrackRecord& track) {
    if (track.place == TrackPlace::present) files.push_back(track.path);
  });
  for (const Root& root : snapshot.roots()) roots.push_back(root.path);
  auto naming = playlists_naming(files, roots, stop);
  for_each_file(plan, [&](const TrackRecord& track) {
    if (const auto found = naming.find(track.path); found != naming.end())
      notes.playlists[track.id] = std::move(found->second);
  });
}

}  // namespace

FileNotes notes_on(const Plan& plan, const Snapshot& snapshot, const std::stop_token& stop) {
  FileNotes notes;
  note_albums(plan, snapshot, notes);
  note_playlists(plan, snapshot, notes, stop);
  return notes;
}

}  // namespace echofold
