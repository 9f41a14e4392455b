// Writes tags into music files, with the names that Picard gives them.
#pragma once

#include <optional>
#include <string>

#include "engine/act/rewrite.h"
#include "engine/audio/read_track.h"
#include "index/model/record.h"

namespace echofold {

/// The tags to write. Nothing: that tag stays as it is. An empty text removes the tag. Values are UTF-8, one each.
struct TagChange {
  std::optional<std::string> artist, title, album, album_artist;
  std::optional<std::string> track, disc;  ///< "3" or "3/12"
  std::optional<std::string> date;         ///< "1999", "1999-05" or "1999-05-17"
  std::optional<std::string> musicbrainz_recording_id, musicbrainz_release_id, musicbrainz_release_group_id,
      musicbrainz_artist_id, musicbrainz_album_artist_id, musicbrainz_release_track_id;
  std::optional<std::string> acoustid_id, acoustid_fingerprint;
  bool operator==(const TagChange&) const = default;
};

struct TagSettings {
  bool keep_mtime = false;
};

/// Writes `change` into the file of `track`, as a rewrite of the run: it is journalled, and undo takes it back.
///
/// Everything else stays: art, other frames, the version of an ID3v2 tag. Formats: MP3 (ID3v2.2 to 2.4), FLAC, Ogg
/// Vorbis, Opus, MP4, APE, WavPack, Musepack, WMA. Before the new file takes the place of the old one both are
/// compared: the audio and every other part of the tags byte for byte, and what libav decodes and reads
/// (tag_proof.h). If the proof fails, the file stays as it was, with the reason. When this returns, the track's
/// record has the new stamp and tags.
///
/// ID3v2.2 and 2.3 store only the year of a date unless it has a day; a new tag is 2.4. An existing ID3v1 tag, and an
/// APE tag of an MP3, are changed, too. A field of ID3v1 whose value is not Latin-1 is emptied, so that nothing
/// outdated is left. Vorbis comments have the number of tracks in TRACKTOTAL and TOTALTRACKS, ASF has none.
/// @param track  as stored: its stamp must be the file's
/// @param read   decodes the file and its copy, in a jail
/// @return       skipped, with the reason, for a format that can't be tagged, a file that is damaged, changed or has
///               several hard links, and if there is nothing to do ("already has these tags")
/// @throws Error Fault::usage for values that are not UTF-8 or contain a NUL; as Rewriter::rewrite
Rewritten write_tags(Rewriter& rewriter, const TrackRecord& track, const TagChange& change,
                     const TrackReader& read, const TagSettings& settings = {});

}  // namespace echofold
