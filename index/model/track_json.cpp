// Converts between tracks and JSON; trusts nothing that it reads.
#include "index/model/track_json.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include "index/base/error.h"
#include "index/base/rounding.h"

namespace echofold {
namespace {

constexpr std::pair<const char*, std::string Tags::*> tag_fields[] = {
    {"artist", &Tags::artist},
    {"title", &Tags::title},
    {"album", &Tags::album},
    {"album_artist", &Tags::album_artist},
    {"track", &Tags::track},
    {"disc", &Tags::disc},
    {"date", &Tags::date},
    {"acoustid_id", &Tags::acoustid_id},
    {"musicbrainz_recording_id", &Tags::musicbrainz_recording_id},
};

[[noreturn]] void wrong_kind(const char* name, const char* kind) {
  throw Error(Fault::usage, fmt::format("\"{}\" is not {}", name, kind));
}

const Json* find(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

void take(const Json& object, const char* name, std::string& out) {
  const Json* field = find(object, name);
  if (field == nullptr) return;
  if (!field->is_string()) wrong_kind(name, "a string");
  out = field->get<std::string>();
}

void take(const Json& object, const char* name, bool& out) {
  const Json* field = find(object, name);
  if (field == nullptr) return;
  if (!field->is_boolean()) wrong_kind(name, "true or false");
  out = field->get<bool>();
}

void take(const Json& object, const char* name, double& out) {
  const Json* field = find(object, name);
  if (field == nullptr) return;
  if (!field->is_number()) wrong_kind(name, "a number");
  out = field->get<double>();
}

/// Takes a whole number that fits, plain or as a string of digits.
template <class Number>
requires(std::is_integral_v<Number> &&
         !std::is_same_v<Number, bool>) void take(const Json& object, const char* name, Number& out) {
  const Json* field = find(object, name);
  if (field == nullptr) return;
  const bool plain = field->is_number_integer();
  if (!plain && !field->is_string()) wrong_kind(name, "a whole number");
  const std::string text = plain ? field->dump() : field->get<std::string>();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size())
    wrong_kind(name, "a whole number in its range");
}

/// A field that is an object; an empty one when it is not there.
Json take_object(const Json& object, const char* name) {
  const Json* field = find(object, name);
  if (field == nullptr) return Json::object();
  if (!field->is_object()) wrong_kind(name, "an object");
  return *field;
}

template <class Enum, std::size_t size>
void take_name(const Json& object, const char* name, const Enum (&values)[size], Enum& out) {
  std::string text;
  take(object, name, text);
  if (text.empty()) return;
  for (const Enum value : values) {
    if (name_of(value) != text) continue;
    out = value;
    return;
  }
  wrong_kind(name, "a word that is known here");
}

Json stamp_json(const Stamp& stamp) {
  return {{"device", std::to_string(stamp.device)},
          {"inode", std::to_string(stamp.inode)},
          {"size_bytes", stamp.size_bytes},
          {"mtime_ns", std::to_string(stamp.mtime_ns)}};
}

Json properties_json(const AudioProperties& p) {
  return {{"container", p.container},
          {"codec", p.codec},
          {"lossless", p.lossless},
          {"bit_rate_bps", p.bit_rate_bps},
          {"sample_rate_hz", p.sample_rate_hz},
          {"bits_per_sample", p.bits_per_sample},
          {"channels", p.channels},
          {"duration_s", rounded(p.duration_s, 3)}};
}

}  // namespace

Json tags_json(const Tags& tags) {
  Json object = Json::object();
  for (const auto& [name, field] : tag_fields)
    if (!(tags.*field).empty()) object[name] = tags.*field;
  object["has_art"] = tags.has_art;
  return object;
}

namespace {

Json quality_json(const AudioQuality& quality) {
  return {{"frames_skipped", quality.frames_skipped},
          {"truncated", quality.truncated},
          {"header_duration_s", rounded(quality.header_duration_s, 3)},
          {"spectrum_windows", quality.spectrum_windows},
          {"cutoff_hz", quality.cutoff_hz},
          {"edge_db", rounded(quality.edge_db, 1)},
          {"floor_db", rounded(quality.floor_db, 1)},
          {"floor_spread_db", rounded(quality.floor_spread_db, 1)},
          {"cliff_share", rounded(quality.cliff_share, 3)},
          {"clipped_runs", quality.clipped_runs},
          {"dual_mono", quality.dual_mono},
          {"used_bits", quality.used_bits},
          {"sounding_channels", quality.sounding_channels},
          {"distinct_channels", quality.distinct_channels},
          {"mix", name_of(quality.mix)}};
}

Json contents_json(const FileContents& contents) {
  Json object = {{"known", contents.known},
                 {"video_streams", contents.video_streams},
                 {"audio_streams", contents.audio_streams},
                 {"other_streams", contents.other_streams},
                 {"chapters", contents.chapters},
                 {"lyrics", contents.lyrics},
                 {"cue_sheet", contents.cue_sheet}};
  if (contents.streams.known()) object["streams"] = hex_of(contents.streams);
  return object;
}

Stamp get_stamp(const Json& object) {
  Stamp stamp;
  take(object, "device", stamp.device);
  take(object, "inode", stamp.inode);
  take(object, "size_bytes", stamp.size_bytes);
  take(object, "mtime_ns", stamp.mtime_ns);
  return stamp;
}

AudioProperties get_properties(const Json& object) {
  AudioProperties p;
  take(object, "container", p.container);
  take(object, "codec", p.codec);
  take(object, "lossless", p.lossless);
  take(object, "bit_rate_bps", p.bit_rate_bps);
  take(object, "sample_rate_hz", p.sample_rate_hz);
  take(object, "bits_per_sample", p.bits_per_sample);
  take(object, "channels", p.channels);
  take(object, "duration_s", p.duration_s);
  return p;
}

}  // namespace

Tags get_tags(const Json& object) {
  Tags tags;
  for (const auto& [name, field] : tag_fields) take(object, name, tags.*field);
  take(object, "has_art", tags.has_art);
  return tags;
}

namespace {

AudioQuality get_quality(const Json& object) {
  constexpr Mix mixes[] = {Mix::mono, Mix::side, Mix::loudest_channel};
  AudioQuality quality;
  take(object, "frames_skipped", quality.frames_skipped);
  take(object, "truncated", quality.truncated);
  take(object, "header_duration_s", quality.header_duration_s);
  take(object, "spectrum_windows", quality.spectrum_windows);
  take(object, "cutoff_hz", quality.cutoff_hz);
  take(object, "edge_db", quality.edge_db);
  take(object, "floor_db", quality.floor_db);
  take(object, "floor_spread_db", quality.floor_spread_db);
  take(object, "cliff_share", quality.cliff_share);
  take(object, "clipped_runs", quality.clipped_runs);
  take(object, "dual_mono", quality.dual_mono);
  take(object, "used_bits", quality.used_bits);
  take(object, "sounding_channels", quality.sounding_channels);
  take(object, "distinct_channels", quality.distinct_channels);
  take_name(object, "mix", mixes, quality.mix);
  return quality;
}

Hash128 get_hash(const Json& object, const char* name) {
  std::string text;
  take(object, name, text);
  if (text.empty()) return {};
  Hash128 hash;
  const auto read = [&](std::size_t begin, std::uint64_t& out) {
    const char* first = text.data() + begin;
    const auto [end, error] = std::from_chars(first, first + 16, out, 16);
    return error == std::errc{} && end == first + 16;
  };
  if (text.size() != 32 || !read(0, hash.high) || !read(16, hash.low))
    wrong_kind(name, "32 hexadecimal digits");
  return hash;
}

FileContents get_contents(const Json& object) {
  FileContents contents;
  take(object, "known", contents.known);
  take(object, "video_streams", contents.video_streams);
  take(object, "audio_streams", contents.audio_streams);
  take(object, "other_streams", contents.other_streams);
  take(object, "chapters", contents.chapters);
  take(object, "lyrics", contents.lyrics);
  take(object, "cue_sheet", contents.cue_sheet);
  contents.streams = get_hash(object, "streams");
  return contents;
}

}  // namespace

std::string_view name_of(TrackPlace place) noexcept {
  switch (place) {
    case TrackPlace::present:
      return "present";
    case TrackPlace::set_aside:
      return "set_aside";
    case TrackPlace::missing:
      return "missing";
    case TrackPlace::imported:
      break;
  }
  return "imported";
}

std::string_view name_of(TrackStatus status) noexcept {
  switch (status) {
    case TrackStatus::fingerprinted:
      return "fingerprinted";
    case TrackStatus::too_short:
      return "too_short";
    case TrackStatus::silent:
      return "silent";
    case TrackStatus::failed:
      break;
  }
  return "failed";
}

std::string_view name_of(Mix mix) noexcept {
  switch (mix) {
    case Mix::mono:
      return "mono";
    case Mix::side:
      return "side";
    case Mix::loudest_channel:
      break;
  }
  return "loudest_channel";
}

void put_track_fields(Json& object, const TrackRecord& track, const std::vector<std::string>& signs) {
  object["id"] = track.id;
  object["place"] = name_of(track.place);
  object["status"] = name_of(track.status);
  if (!track.failure.empty()) object["failure"] = track.failure;
  if (!track.set_aside_path.empty()) put_path(object, "set_aside_path", track.set_aside_path);
  object["stamp"] = stamp_json(track.stamp);
  object["properties"] = properties_json(track.properties);
  object["tags"] = tags_json(track.tags);
  object["quality"] = quality_json(track.quality);
  object["signs"] = signs;
  object["items"] = track.item_count;
  object["items_hash"] = hex_of(track.items_hash);
  object["contents"] = contents_json(track.contents);
}

TrackRecord get_track(const Json& object) {
  constexpr TrackPlace places[] = {TrackPlace::present, TrackPlace::set_aside, TrackPlace::missing,
                                   TrackPlace::imported};
  constexpr TrackStatus statuses[] = {TrackStatus::fingerprinted, TrackStatus::too_short, TrackStatus::silent,
                                      TrackStatus::failed};
  TrackRecord track;
  track.path = get_path(object, "path");
  take(object, "id", track.id);
  take_name(object, "place", places, track.place);
  take_name(object, "status", statuses, track.status);
  take(object, "failure", track.failure);
  if (object.contains("set_aside_path") || object.contains("set_aside_path_base64"))
    track.set_aside_path = get_path(object, "set_aside_path");
  track.stamp = get_stamp(take_object(object, "stamp"));
  track.properties = get_properties(take_object(object, "properties"));
  track.tags = get_tags(take_object(object, "tags"));
  track.quality = get_quality(take_object(object, "quality"));
  take(object, "items", track.item_count);
  track.items_hash = get_hash(object, "items_hash");
  track.contents = get_contents(take_object(object, "contents"));
  return track;
}

}  // namespace echofold
