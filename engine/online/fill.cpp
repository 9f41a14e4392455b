// One line for each field.
#include "engine/online/fill.h"

#include <utility>

namespace echofold {

std::vector<FieldChange> changes_to(const Tags& present, const FoundTags& found, bool overwrite) {
  std::vector<FieldChange> changes;
  const auto add = [&](std::string_view field, const std::string& from, const std::string& to, bool replace) {
    if (!to.empty() && from != to && (from.empty() || replace)) changes.push_back({field, from, to});
  };
  add("artist", present.artist, found.artist, overwrite);
  add("title", present.title, found.title, overwrite);
  add("album", present.album, found.album, overwrite);
  add("album_artist", present.album_artist, found.album_artist, overwrite);
  add("track", present.track, found.track, overwrite);
  add("disc", present.disc, found.disc, overwrite);
  add("date", present.date, found.date, overwrite);
  add("acoustid_id", present.acoustid_id, found.acoustid_id, true);
  add("musicbrainz_recording_id", present.musicbrainz_recording_id, found.recording_id, true);
  if (changes.empty()) return changes;
  const std::pair<std::string_view, const std::string&> not_kept[] = {
      {"musicbrainz_release_id", found.release_id},
      {"musicbrainz_release_group_id", found.release_group_id},
      {"musicbrainz_release_track_id", found.release_track_id},
      {"musicbrainz_artist_id", found.artist_id},
      {"musicbrainz_album_artist_id", found.album_artist_id}};
  for (const auto& [field, to] : not_kept) add(field, {}, to, true);
  return changes;
}

}  // namespace echofold
