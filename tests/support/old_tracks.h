// Track records as older versions of echofold wrote them: a second implementation of docs/FORMAT.md.
#pragma once

#include <cstdint>
#include <string>

#include "index/base/bytes.h"
#include "index/model/record.h"

namespace echofold::test {

/// Version 1 had no measurements of the signal; version 2 no hashes of the audio; version 3 no contents, channels,
/// mix and level curve; version 4 no spectrum curve. Everything else is as in version 5.
inline std::string encode_old_version(std::uint8_t version, const TrackRecord& r) {
  ByteWriter to(version);
  to.number(std::uint64_t{r.id});
  to.text(r.path);
  to.number(static_cast<std::uint32_t>(r.link_paths.size()));
  for (const std::string& path : r.link_paths) to.text(path);
  to.text(r.set_aside_path);
  to.number(static_cast<std::uint8_t>(r.place));
  for (const std::uint64_t value : {r.stamp.device, r.stamp.inode, r.stamp.size_bytes}) to.number(value);
  to.number(std::int64_t{r.stamp.mtime_ns});
  to.number(static_cast<std::uint8_t>(r.status));
  to.text(r.failure);
  to.text(r.properties.container);
  to.text(r.properties.codec);
  to.flag(r.properties.lossless);
  to.number(std::uint32_t{r.properties.bit_rate_bps});
  to.number(std::uint32_t{r.properties.sample_rate_hz});
  to.number(std::uint16_t{r.properties.bits_per_sample});
  to.number(std::uint16_t{r.properties.channels});
  to.number(r.properties.duration_s);
  const Tags& t = r.tags;
  for (const std::string* text : {&t.artist, &t.title, &t.album, &t.album_artist, &t.track, &t.disc, &t.date,
                                  &t.acoustid_id, &t.musicbrainz_recording_id})
    to.text(*text);
  to.flag(t.has_art);
  to.number(std::uint32_t{r.quality.frames_skipped});
  to.flag(r.quality.truncated);
  to.number(r.quality.header_duration_s);
  if (version >= 2) {
    to.number(std::uint32_t{r.quality.spectrum_windows});
    to.number(std::uint32_t{r.quality.cutoff_hz});
    to.number(r.quality.edge_db);
    to.number(r.quality.floor_db);
    to.number(r.quality.floor_spread_db);
    to.number(r.quality.cliff_share);
    to.number(std::uint32_t{r.quality.clipped_runs});
    to.flag(r.quality.dual_mono);
    to.number(std::uint16_t{r.quality.used_bits});
  }
  if (version >= 4) {
    to.number(std::uint16_t{r.quality.sounding_channels});
    to.number(std::uint16_t{r.quality.distinct_channels});
    to.number(static_cast<std::uint8_t>(r.quality.mix));
    to.text(std::string(r.quality.level_curve.begin(), r.quality.level_curve.end()));
  }
  if (version >= 3) {
    to.number(std::uint64_t{r.hashes.payload_bytes});
    for (const Hash128& hash : {r.hashes.payload, r.hashes.samples}) {
      to.number(std::uint64_t{hash.high});
      to.number(std::uint64_t{hash.low});
    }
  }
  if (version >= 4) {
    to.flag(r.contents.known);
    for (const std::uint16_t count :
         {r.contents.video_streams, r.contents.audio_streams, r.contents.other_streams, r.contents.chapters})
      to.number(count);
    to.flag(r.contents.lyrics);
    to.flag(r.contents.cue_sheet);
    to.number(std::uint64_t{r.contents.streams.high});
    to.number(std::uint64_t{r.contents.streams.low});
  }
  to.number(std::uint32_t{r.item_count});
  to.number(std::uint64_t{r.items_hash.high});
  to.number(std::uint64_t{r.items_hash.low});
  return to.seal();
}

}  // namespace echofold::test
