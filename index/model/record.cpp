// Writes and reads the fields of each record in the order of docs/FORMAT.md.
#include "index/model/record.h"

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

// Version 1 had no measurements of the signal, 2 no hashes of the audio, 3 no contents, channels, mix and level curve,
// 4 no spectrum curve.
constexpr std::uint8_t track_version = 5;
constexpr std::uint8_t oldest_track_version = 1;
constexpr std::uint8_t root_version = 1;
constexpr std::uint8_t evidence_version = 3;  // 2 had no speed, 1 no short runs and no unknown items
constexpr std::uint8_t oldest_evidence_version = 1;
constexpr double slowest = 0.5;  // other code divides by the speed

void put(ByteWriter& to, const Stamp& stamp) {
  to.number(stamp.device);
  to.number(stamp.inode);
  to.number(stamp.size_bytes);
  to.number(stamp.mtime_ns);
}

void put(ByteWriter& to, const AudioProperties& properties) {
  to.text(properties.container);
  to.text(properties.codec);
  to.flag(properties.lossless);
  to.number(properties.bit_rate_bps);
  to.number(properties.sample_rate_hz);
  to.number(properties.bits_per_sample);
  to.number(properties.channels);
  to.number(properties.duration_s);
}

void put(ByteWriter& to, const Tags& tags) {
  for (const std::string* tag : {&tags.artist, &tags.title, &tags.album, &tags.album_artist, &tags.track,
                                 &tags.disc, &tags.date, &tags.acoustid_id, &tags.musicbrainz_recording_id})
    to.text(*tag);
  to.flag(tags.has_art);
}

void put(ByteWriter& to, const std::vector<std::uint8_t>& curve) {
  to.text({reinterpret_cast<const char*>(curve.data()), curve.size()});
}

void put(ByteWriter& to, const AudioQuality& quality) {
  to.number(quality.frames_skipped);
  to.flag(quality.truncated);
  to.number(quality.header_duration_s);
  to.number(quality.spectrum_windows);
  to.number(quality.cutoff_hz);
  for (const double value : {quality.edge_db, quality.floor_db, quality.floor_spread_db, quality.cliff_share})
    to.number(value);
  to.number(quality.clipped_runs);
  to.flag(quality.dual_mono);
  to.number(quality.used_bits);
  to.number(quality.sounding_channels);
  to.number(quality.distinct_channels);
  to.number(quality.mix);
  put(to, quality.level_curve);
  put(to, quality.spectrum_curve);
}

void put(ByteWriter& to, const Hash128& hash) {
  to.number(hash.high);
  to.number(hash.low);
}

void put(ByteWriter& to, const AudioHashes& hashes) {
  to.number(hashes.payload_bytes);
  put(to, hashes.payload);
  put(to, hashes.samples);
}

void put(ByteWriter& to, const FileContents& contents) {
  to.flag(contents.known);
  for (const std::uint16_t count :
       {contents.video_streams, contents.audio_streams, contents.other_streams, contents.chapters})
    to.number(count);
  to.flag(contents.lyrics);
  to.flag(contents.cue_sheet);
  put(to, contents.streams);
}

// Braced initializers are evaluated from left to right, so these read the fields in order.

Stamp take_stamp(ByteReader& from) {
  return Stamp{from.number<std::uint64_t>(), from.number<std::uint64_t>(), from.number<std::uint64_t>(),
               from.number<std::int64_t>()};
}

AudioProperties take_properties(ByteReader& from) {
  AudioProperties properties;
  properties.container = from.text();
  properties.codec = from.text();
  properties.lossless = from.flag();
  properties.bit_rate_bps = from.number<std::uint32_t>();
  properties.sample_rate_hz = from.number<std::uint32_t>();
  properties.bits_per_sample = from.number<std::uint16_t>();
  properties.channels = from.number<std::uint16_t>();
  properties.duration_s = from.number<double>();
  return properties;
}

Tags take_tags(ByteReader& from) {
  Tags tags;
  for (std::string* tag : {&tags.artist, &tags.title, &tags.album, &tags.album_artist, &tags.track,
                           &tags.disc, &tags.date, &tags.acoustid_id, &tags.musicbrainz_recording_id})
    *tag = from.text();
  tags.has_art = from.flag();
  return tags;
}

std::vector<std::uint8_t> take_curve(ByteReader& from) {
  const std::string_view curve = from.take(from.count(1));
  return {curve.begin(), curve.end()};
}

AudioQuality take_quality(ByteReader& from, std::uint8_t version) {
  AudioQuality quality;
  quality.frames_skipped = from.number<std::uint32_t>();
  quality.truncated = from.flag();
  quality.header_duration_s = from.number<double>();
  if (version < 2) return quality;
  quality.spectrum_windows = from.number<std::uint32_t>();
  quality.cutoff_hz = from.number<std::uint32_t>();
  for (double* value : {&quality.edge_db, &quality.floor_db, &quality.floor_spread_db, &quality.cliff_share})
    *value = from.number<double>();
  quality.clipped_runs = from.number<std::uint32_t>();
  quality.dual_mono = from.flag();
  quality.used_bits = from.number<std::uint16_t>();
  if (version < 4) return quality;
  quality.sounding_channels = from.number<std::uint16_t>();
  quality.distinct_channels = from.number<std::uint16_t>();
  quality.mix = from.choice(Mix::loudest_channel);
  quality.level_curve = take_curve(from);
  if (version >= 5) quality.spectrum_curve = take_curve(from);
  return quality;
}

Hash128 take_hash(ByteReader& from) {
  return Hash128{from.number<std::uint64_t>(), from.number<std::uint64_t>()};
}

AudioHashes take_hashes(ByteReader& from, std::uint8_t version) {
  if (version < 3) return {};
  return AudioHashes{from.number<std::uint64_t>(), take_hash(from), take_hash(from)};
}

FileContents take_contents(ByteReader& from, std::uint8_t version) {
  FileContents contents;
  if (version < 4) return contents;
  contents.known = from.flag();
  for (std::uint16_t* count :
       {&contents.video_streams, &contents.audio_streams, &contents.other_streams, &contents.chapters})
    *count = from.number<std::uint16_t>();
  contents.lyrics = from.flag();
  contents.cue_sheet = from.flag();
  contents.streams = take_hash(from);
  return contents;
}

std::vector<std::string> take_texts(ByteReader& from) {
  std::vector<std::string> texts(from.count(sizeof(std::uint32_t)));
  for (std::string& text : texts) text = from.text();
  return texts;
}

}  // namespace

std::string encode(const TrackRecord& record) {
  ByteWriter to(track_version);
  to.number(record.id);
  to.text(record.path);
  to.number(static_cast<std::uint32_t>(record.link_paths.size()));
  for (const std::string& path : record.link_paths) to.text(path);
  to.text(record.set_aside_path);
  to.number(record.place);
  put(to, record.stamp);
  to.number(record.status);
  to.text(record.failure);
  put(to, record.properties);
  put(to, record.tags);
  put(to, record.quality);
  put(to, record.hashes);
  put(to, record.contents);
  to.number(record.item_count);
  to.number(record.items_hash.high);
  to.number(record.items_hash.low);
  return to.seal();
}

TrackRecord decode_track(std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, oldest_track_version, track_version, what);
  TrackRecord record;
  record.id = from.number<TrackId>();
  record.path = from.text();
  record.link_paths = take_texts(from);
  record.set_aside_path = from.text();
  record.place = from.choice(TrackPlace::imported);
  record.stamp = take_stamp(from);
  record.status = from.choice(TrackStatus::failed);
  record.failure = from.text();
  record.properties = take_properties(from);
  record.tags = take_tags(from);
  record.quality = take_quality(from, from.version());
  record.hashes = take_hashes(from, from.version());
  record.contents = take_contents(from, from.version());
  record.item_count = from.number<std::uint32_t>();
  record.items_hash = Hash128{from.number<std::uint64_t>(), from.number<std::uint64_t>()};
  from.finish();
  return record;
}

std::string encode(const Root& root) {
  ByteWriter to(root_version);
  to.text(root.path);
  to.number(root.file_system_id);
  to.number(root.scanned_at_s);
  return to.seal();
}

Root decode_root(std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, root_version, what);
  Root root;
  root.path = from.text();
  root.file_system_id = from.number<std::uint64_t>();
  root.scanned_at_s = from.number<std::int64_t>();
  from.finish();
  return root;
}

std::string encode(const Evidence& evidence) {
  ByteWriter to(evidence_version);
  to.number(evidence.offset_items);
  for (const double value :
       {evidence.phase_items, evidence.ber, evidence.self_ber, evidence.corrected_ber, evidence.contrast})
    to.number(value);
  for (const std::uint32_t value :
       {evidence.overlap_items, evidence.informative_items, evidence.silent_items})
    to.number(value);
  for (const double value : {evidence.coverage_shorter, evidence.coverage_longer, evidence.unmatched_head_s,
                             evidence.unmatched_tail_s})
    to.number(value);
  to.text({reinterpret_cast<const char*>(evidence.strip.data()), evidence.strip.size()});
  to.number(static_cast<std::uint32_t>(evidence.segments.size()));
  for (const Segment& segment : evidence.segments) {
    to.number(segment.offset_items);
    to.number(segment.from_item);
    to.number(segment.count_items);
  }
  to.number(evidence.short_ber);
  to.number(evidence.short_item);
  to.number(evidence.unknown_items);
  to.number(evidence.speed);
  return to.seal();
}

Evidence decode_evidence(std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, oldest_evidence_version, evidence_version, what);
  Evidence evidence;
  evidence.offset_items = from.number<std::int32_t>();
  for (double* value : {&evidence.phase_items, &evidence.ber, &evidence.self_ber, &evidence.corrected_ber,
                        &evidence.contrast})
    *value = from.number<double>();
  for (std::uint32_t* value : {&evidence.overlap_items, &evidence.informative_items, &evidence.silent_items})
    *value = from.number<std::uint32_t>();
  for (double* value : {&evidence.coverage_shorter, &evidence.coverage_longer, &evidence.unmatched_head_s,
                        &evidence.unmatched_tail_s})
    *value = from.number<double>();
  const std::string_view strip = from.take(from.count(1));
  evidence.strip.assign(strip.begin(), strip.end());
  evidence.segments.resize(from.count(sizeof(Segment)));
  for (Segment& segment : evidence.segments)
    segment = {from.number<std::int32_t>(), from.number<std::uint32_t>(), from.number<std::uint32_t>()};
  evidence.short_ber = Evidence::not_measured;
  if (from.version() >= 2) {
    evidence.short_ber = from.number<double>();
    evidence.short_item = from.number<std::uint32_t>();
    evidence.unknown_items = from.number<std::uint32_t>();
  }
  if (from.version() >= 3) evidence.speed = from.number<double>();
  if (!(evidence.speed >= slowest && evidence.speed <= 1 / slowest))
    throw Error(Fault::damaged, what + " is damaged: there is no such speed");
  from.finish();
  return evidence;
}

}  // namespace echofold
