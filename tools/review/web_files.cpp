// See web_files.h.
#include "tools/review/web_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/dedupe/heard_fields.h"
#include "engine/dedupe/heard_words.h"
#include "engine/dedupe/quality_signs.h"
#include "engine/report/figures.h"
#include "index/base/fs/path.h"
#include "index/model/album.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_request.h"

namespace echofold {
namespace {

struct TagField {
  const char* name;
  std::string Tags::*value;
  bool of_release;  ///< says something about the album, not about the recording
};
constexpr std::array<TagField, 9> tag_fields = {
    {{"Artist", &Tags::artist, false},
     {"Title", &Tags::title, false},
     {"Album", &Tags::album, false},
     {"Album artist", &Tags::album_artist, true},
     {"Track", &Tags::track, true},
     {"Disc", &Tags::disc, true},
     {"Date", &Tags::date, true},
     {"AcoustID", &Tags::acoustid_id, false},
     {"MusicBrainz recording", &Tags::musicbrainz_recording_id, false}}};

/// Null for 0: not known.
template <class Number>
Json known(Number number) {
  return number == 0 ? Json(nullptr) : Json(number);
}

Json tags_json(const Tags& tags) {
  Json out = Json::object();
  for (const TagField& field : tag_fields)
    if (const std::string& value = tags.*field.value; !value.empty()) out[field.name] = shown_text(value);
  return out;
}

Json contents_json(const FileContents& contents) {
  Json out = Json::array();
  const auto add = [&](std::uint64_t count, const char* one, const char* many) {
    if (count > 0) out.push_back(count_text(count, one, many));
  };
  add(contents.video_streams, "video stream", "video streams");
  add(contents.audio_streams, "more audio stream", "more audio streams");
  add(contents.other_streams, "other stream", "other streams");
  add(contents.chapters, "chapter", "chapters");
  if (contents.lyrics) out.push_back("lyrics");
  if (contents.cue_sheet) out.push_back("cue sheet");
  return out;
}

Json album_json(const TrackRecord& track, const FileNotes& notes) {
  const auto found = notes.albums.find(track.id);
  if (found == notes.albums.end()) return nullptr;
  const AlbumNote& album = found->second;
  return Json{{"title", shown_text(album.title)}, {"tracks", album.tracks}, {"of", known(album.of)}};
}

Json playlists_json(const TrackRecord& track, const FileNotes& notes) {
  Json out = Json::array();
  if (const auto found = notes.playlists.find(track.id); found != notes.playlists.end())
    for (const std::string& path : found->second) out.push_back(shown_path(path));
  return out;
}

}  // namespace

std::string id_text(TrackId id) { return std::to_string(id); }

TrackId id_of(std::string_view text) {
  TrackId id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id == 0 || id_text(id) != text)
    throw WebError(400, "this is not the id of a file");
  return id;
}

Json file_json(const PlanFile& file, const FileNotes& notes) {
  const TrackRecord& track = file.track;
  const AudioProperties& audio = track.properties;
  Json signs = Json::array();
  for (const std::string& sign : sign_texts(track)) signs.push_back(shown_text(sign));
  const bool bits = bits_measured(track), channels = channels_measured(track);
  return {{"id", id_text(track.id)},
          {"path", shown_path(track.path)},
          {"name", shown_text(std::string(file_name_of(track.path)))},
          {"folder", shown_path(std::string(folder_of(track.path)))},
          {"is_new", file.is_new},
          {"is_there", track.place == TrackPlace::present},
          {"size_bytes", track.stamp.size_bytes},
          {"format", audio.codec.empty() ? Json(nullptr) : Json(codec_text(audio))},
          {"container", audio.container.empty() ? Json(nullptr) : Json(container_text(audio.container))},
          {"codec", audio.codec.empty() ? Json(nullptr) : Json(audio.codec)},
          {"lossless", audio.lossless},
          {"bit_rate_kbps", known(std::lround(audio.bit_rate_bps / 1000.0))},
          {"sample_rate_hz", known(audio.sample_rate_hz)},
          {"bits", known(audio.bits_per_sample)},
          {"used_bits", bits ? known(track.quality.used_bits) : Json(nullptr)},
          {"channels", known(audio.channels)},
          {"sounding_channels", channels ? known(track.quality.sounding_channels) : Json(nullptr)},
          {"bandwidth_hz", spectrum_measured(track) ? known(reach_hz(track)) : Json(nullptr)},
          {"duration_s", audio.duration_s > 0 ? Json(audio.duration_s) : Json(nullptr)},
          {"tags", tags_json(track.tags)},
          {"has_art", track.tags.has_art},
          {"art", nullptr},
          {"playlists", playlists_json(track, notes)},
          {"album", album_json(track, notes)},
          {"contents", contents_json(track.contents)},
          {"signs", std::move(signs)}};
}

Json heard_of(const std::optional<Heard>& heard) {
  if (!heard) return nullptr;
  Json out = heard_fields(*heard);
  out["words"] = Json::array({heard_text(*heard)});
  return out;
}

Json merged_tags_json(const PlanGroup& group) {
  Json out = Json::array();
  const Tags& keeper = group.keep.track.tags;
  const auto losers = best_first(group.drops);
  for (const TagField& field : tag_fields) {
    if (!(keeper.*field.value).empty()) continue;
    const auto gives = [&](const TrackRecord& loser) {
      const bool is_of_album = keeper.album.empty() || same_album_title(keeper.album, loser.tags.album);
      return !(loser.tags.*field.value).empty() && (!field.of_release || is_of_album);
    };
    const auto loser = std::find_if(losers.begin(), losers.end(), gives);
    if (loser == losers.end()) continue;
    out.push_back({{"name", field.name},
                   {"keeper", ""},
                   {"value", shown_text(loser->tags.*field.value)},
                   {"from", id_text(loser->id)}});
  }
  return out;
}

}  // namespace echofold
