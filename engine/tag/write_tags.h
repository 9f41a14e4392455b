// Writes tags into music files, with the names that Picard gives them.
#pragma once

#include <optional>
#include <string>

#include "engine/act/rewrite.h"
#include "engine/audio/read_track.h"
#include "index/model/record.h"

namespace echofold {

/// What is to be written. Nothing: that tag stays as it is. An empty text takes the tag away. Values are
/// UTF-8, one each.
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

/// Writes `change` into the file of `track`, as a rewrite of the run: journalled, taken back by undo.
///
/// Everything that is not in the change stays: art, other frames, the version of an ID3v2 tag. Files: MP3
/// (ID3v2.2 to 2.4), FLAC, Ogg Vorbis, Opus, MP4, APE, WavPack, Musepack, WMA. Before the new file takes the
/// old one's place both are compared: the audio and every other part of the tags byte for byte, and what libav
/// decodes and reads of them (tag_proof.h). A file that can't be written so stays as it was, with the reason. The
/// track's record has the new stamp and tags when it returns.
///
/// ID3v2.2 and 2.3 keep the year of a date alone unless it has a day; a new tag is 2.4. An ID3v1
/// tag that is there, and an APE tag of an MP3, follow; a field of ID3v1 whose value is not Latin-1 is
/// emptied, so that nothing stale is left. Vorbis comments have the count of tracks in TRACKTOTAL and
/// TOTALTRACKS, ASF has none.
/// @param track  as the store has it: its stamp must be the file's
/// @param read   in a jail: decodes the file and its copy
/// @return       skipped, with the reason, for a format that can't be tagged, a damaged file, one that
///               changed, one with several hard links, and for nothing to do ("already has these tags")
/// @throws Error Fault::usage for values that are no UTF-8 or hold a NUL; as Rewriter::rewrite
Rewritten write_tags(Rewriter& rewriter, const TrackRecord& track, const TagChange& change,
                     const TrackReader& read, const TagSettings& settings = {});

}  // namespace echofold
