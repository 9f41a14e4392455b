// The names of the fields of a change: TagLib's property names, and Picard's if TagLib's differ.
#pragma once

#include <array>
#include <string>

#include "engine/tag/write_tags.h"

namespace echofold {

struct TagField {
  std::optional<std::string> TagChange::*change;
  const char* property;       ///< TagLib's name
  const char* description;    ///< Picard's name, in an ID3v2 TXXX frame; null: no such frame
  std::string Tags::*record;  ///< in the store; null if it does not store it
};

inline constexpr std::array<TagField, 15> tag_fields = {{
    {&TagChange::artist, "ARTIST", nullptr, &Tags::artist},
    {&TagChange::title, "TITLE", nullptr, &Tags::title},
    {&TagChange::album, "ALBUM", nullptr, &Tags::album},
    {&TagChange::album_artist, "ALBUMARTIST", nullptr, &Tags::album_artist},
    {&TagChange::track, "TRACKNUMBER", nullptr, &Tags::track},
    {&TagChange::disc, "DISCNUMBER", nullptr, &Tags::disc},
    {&TagChange::date, "DATE", nullptr, &Tags::date},
    {&TagChange::musicbrainz_recording_id, "MUSICBRAINZ_TRACKID", nullptr, &Tags::musicbrainz_recording_id},
    {&TagChange::musicbrainz_release_id, "MUSICBRAINZ_ALBUMID", "MusicBrainz Album Id", nullptr},
    {&TagChange::musicbrainz_release_group_id, "MUSICBRAINZ_RELEASEGROUPID", "MusicBrainz Release Group Id",
     nullptr},
    {&TagChange::musicbrainz_artist_id, "MUSICBRAINZ_ARTISTID", "MusicBrainz Artist Id", nullptr},
    {&TagChange::musicbrainz_album_artist_id, "MUSICBRAINZ_ALBUMARTISTID", "MusicBrainz Album Artist Id",
     nullptr},
    {&TagChange::musicbrainz_release_track_id, "MUSICBRAINZ_RELEASETRACKID", "MusicBrainz Release Track Id",
     nullptr},
    {&TagChange::acoustid_id, "ACOUSTID_ID", "Acoustid Id", &Tags::acoustid_id},
    {&TagChange::acoustid_fingerprint, "ACOUSTID_FINGERPRINT", "Acoustid Fingerprint", nullptr},
}};

}  // namespace echofold
