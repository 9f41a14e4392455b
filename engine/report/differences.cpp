// See differences.h.
#include "engine/report/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "engine/dedupe/codec_words.h"
#include "engine/dedupe/quality_signs.h"
#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "engine/report/side_by_side.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t longest_value = 400;

struct Row {
  std::string name, left, right;
};

std::string number_text(std::uint64_t number) { return number == 0 ? "" : std::to_string(number); }

std::string holds_text(const FileContents& contents) {
  CountsText text;
  text.add(contents.video_streams, "video");
  text.add(contents.audio_streams, "more audio streams");
  text.add(contents.other_streams, "other streams");
  text.add(contents.chapters, "chapters");
  text.add(contents.lyrics ? 1 : 0, "lyrics");
  text.add(contents.cue_sheet ? 1 : 0, "cue sheet");
  return text.or_else("");
}

std::vector<Row> rows_of(const TrackRecord& l, const TrackRecord& r) {
  const auto row = [&](const char* name, const auto& text_of) { return Row{name, text_of(l), text_of(r)}; };
  using Track = const TrackRecord&;
  return {
      row("title", [](Track t) { return t.tags.title; }),
      row("artist", [](Track t) { return t.tags.artist; }),
      row("album", [](Track t) { return t.tags.album; }),
      row("album artist", [](Track t) { return t.tags.album_artist; }),
      row("track", [](Track t) { return t.tags.track; }),
      row("disc", [](Track t) { return t.tags.disc; }),
      row("date", [](Track t) { return t.tags.date; }),
      row("art", [](Track t) { return std::string(t.tags.has_art ? "yes" : ""); }),
      row("AcoustID", [](Track t) { return t.tags.acoustid_id; }),
      row("MusicBrainz", [](Track t) { return t.tags.musicbrainz_recording_id; }),
      row("codec", [](Track t) { return codec_text(t.properties); }),
      row("container", [](Track t) { return container_text(t.properties.container); }),
      row("bit rate", [](Track t) { return bit_rate_text(t.properties); }),
      row("rate", [](Track t) { return sample_rate_text(t.properties); }),
      row("bits", [](Track t) { return number_text(t.properties.bits_per_sample); }),
      row("used bits", [](Track t) { return number_text(t.quality.used_bits); }),
      row("channels", [](Track t) { return channels_text(t.properties); }),
      row("sounding", [](Track t) { return number_text(t.quality.sounding_channels); }),
      row("sound up to",
          [](Track t) { return spectrum_measured(t) ? khz_text(reach_hz(t)) : std::string(); }),
      row("duration", [](Track t) { return clock_time(t.properties.duration_s); }),
      row("size", [](Track t) { return size_text(t.stamp.size_bytes); }),
      row("modified", [](Track t) { return local_time_text(t.stamp.mtime_ns / 1'000'000'000); }),
      row("holds", [](Track t) { return holds_text(t.contents); }),
      row("signs", [](Track t) { return signs_text(t); }),
  };
}

/// Adds the tags that only the files have.
void add_tags(std::vector<Row>& rows, const std::vector<ListedFact>& left,
              const std::vector<ListedFact>& right) {
  std::map<std::string, Row> tags;
  for (const ListedFact& tag : left) tags[tag.name].left = tag.value;
  for (const ListedFact& tag : right) tags[tag.name].right = tag.value;
  for (auto& [name, row] : tags) {
    row.name = name;
    rows.push_back(std::move(row));
  }
}

std::string value_lines(const char* side, const std::string& value, std::size_t columns) {
  const std::string text = value.empty() ? "-" : fitted(printable(value), longest_value);
  const std::string lead = fmt::format("{} ", side);
  return lead + wrapped(text, pair_begin_column + lead.size(), pair_begin_column + lead.size(), columns);
}

}  // namespace

std::vector<ListedFact> tags_in(const std::vector<ListedFact>& facts) {
  static const std::set<std::string, std::less<>> in_records = {"TITLE",
                                                                "ARTIST",
                                                                "ALBUM",
                                                                "ALBUM_ARTIST",
                                                                "ALBUMARTIST",
                                                                "TRACK",
                                                                "DISC",
                                                                "DATE",
                                                                "TRACKTOTAL",
                                                                "TOTALTRACKS",
                                                                "DISCTOTAL",
                                                                "TOTALDISCS",
                                                                "TRACKNUMBER",
                                                                "DISCNUMBER",
                                                                "ACOUSTID_ID",
                                                                "ACOUSTID ID",
                                                                "MUSICBRAINZ_TRACKID",
                                                                "MUSICBRAINZ TRACK ID",
                                                                "DURATION",
                                                                "MAJOR_BRAND",
                                                                "MINOR_VERSION",
                                                                "COMPATIBLE_BRANDS",
                                                                "HANDLER_NAME",
                                                                "VENDOR_ID",
                                                                "CREATION_TIME",
                                                                "LANGUAGE"};
  std::map<std::string, std::string> tags;
  for (const ListedFact& fact : facts) {
    const std::size_t at = fact.name.find("tag ");
    if (at != 0 && !fact.name.starts_with("stream 0 tag ")) continue;
    std::string name = upper_ascii(printable(fact.name.substr(at + 4)));
    if (!in_records.contains(name)) tags.try_emplace(std::move(name), fact.value);
  }
  std::vector<ListedFact> found;
  found.reserve(tags.size());
  for (const auto& [name, value] : tags) found.push_back({name, value});
  return found;
}

std::string differences(const TrackRecord& left, const TrackRecord& right,
                        const std::vector<ListedFact>& left_tags, const std::vector<ListedFact>& right_tags,
                        const TableStyle& style) {
  const std::size_t columns = std::max(least_pair_columns, style.columns);
  std::vector<Row> rows = rows_of(left, right);
  add_tags(rows, left_tags, right_tags);
  std::string text;
  std::vector<std::string> same;
  for (const Row& row : rows) {
    if (row.left.empty() && row.right.empty()) continue;
    if (row.left == row.right) {
      same.push_back(row.name);
      continue;
    }
    const std::string name = fitted(row.name, pair_begin_column - 3);
    text += padded("  " + name, pair_begin_column) +
            coloured(value_lines("1", row.left, columns), Colour::yellow, style.colour) + '\n' +
            std::string(pair_begin_column, ' ') +
            coloured(value_lines("2", row.right, columns), Colour::yellow, style.colour) + '\n';
  }
  if (text.empty()) text = "  Nothing differs in tags and properties.\n";
  if (same.empty()) return text;
  return text + padded("  the same", pair_begin_column) +
         wrapped(fmt::format("{}", fmt::join(same, ", ")), pair_begin_column, pair_begin_column, columns) +
         '\n';
}

}  // namespace echofold
