// See file_notes.h.
#include "tools/review/file_notes.h"

#include <algorithm>
#include <functional>

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

}  // namespace

FileNotes notes_on(const Plan& plan, const Snapshot& snapshot) {
  FileNotes notes;
  note_albums(plan, snapshot, notes);
  return notes;
}

}  // namespace echofold
