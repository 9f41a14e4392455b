// Works on counts and hashes from the scan; opens no file.
#include "engine/dedupe/contents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/dedupe/quality_signs.h"

namespace echofold {
namespace {

struct Kind {
  std::uint16_t FileContents::*count;
  std::string_view one, several;
};

constexpr Kind streams[] = {
    {&FileContents::video_streams, "video", "videos"},
    {&FileContents::audio_streams, "audio stream", "audio streams"},
    {&FileContents::other_streams, "subtitle or data stream", "subtitle or data streams"},
};
constexpr Kind chapters = {&FileContents::chapters, "chapter mark", "chapter marks"};

/// Formats that hold one audio stream, tags and cover pictures. All others may hold anything.
constexpr std::string_view plain_formats[] = {"flac", "mp3", "wav",  "w64", "aiff", "wv",   "ape", "tta",
                                              "aac",  "mpc", "mpc8", "tak", "shn",  "dsf",  "iff", "au",
                                              "caf",  "ac3", "eac3", "dts", "oma",  "loas", "amr"};

bool may_hold_anything(const TrackRecord& track) noexcept {
  const std::string& container = track.properties.container;
  return !track.contents.known && !container.empty() && std::ranges::count(plain_formats, container) == 0;
}

bool has_streams(const FileContents& contents) noexcept {
  return std::ranges::any_of(streams, [&](const Kind& kind) { return contents.*kind.count > 0; });
}

/// True if the streams are the same, as far as is known.
bool streams_equal(const FileContents& a, const FileContents& b) noexcept {
  return a.streams.known() && a.streams == b.streams;
}

std::string more_of(const Kind& kind, unsigned here, unsigned there) {
  const unsigned more = here - there;
  if (there > 0) return fmt::format("has {} more {}", more, more == 1 ? kind.one : kind.several);
  if (here == 1)
    return fmt::format("has a{} {} that the other lacks", kind.one.front() == 'a' ? "n" : "", kind.one);
  return fmt::format("has {} {} that the other lacks", here, kind.several);
}

/// "audio stream" means a further one here: each file also has the one that was compared.
std::string further_of(const Kind& kind, unsigned here, unsigned there) {
  if (kind.count != &FileContents::audio_streams) return more_of(kind, here, there);
  const unsigned more = here - there;
  return fmt::format("has {} more audio stream{}", more, more == 1 ? "" : "s");
}

void add_streams(const FileContents& loser, const FileContents& keeper, std::vector<std::string>& lost) {
  if (streams_equal(loser, keeper)) return;
  for (const Kind& kind : streams) {
    const unsigned here = loser.*kind.count, there = keeper.*kind.count;
    if (here > there) {
      lost.push_back(further_of(kind, here, there));
    } else if (here > 0) {
      const bool known = loser.streams.known() && keeper.streams.known();
      lost.push_back(fmt::format("its {} {}", here == 1 ? kind.one : kind.several,
                                 known ? "differs from the other's" : "could not be compared"));
    }
  }
}

void add_channels(const TrackRecord& loser, const TrackRecord& keeper, std::vector<std::string>& lost) {
  if (!channels_measured(loser) || !channels_measured(keeper)) return;
  const unsigned here = carried_channels(loser), there = carried_channels(keeper);
  if (here > there) lost.push_back(fmt::format("has sound in {} channels, the other in {}", here, there));
}

}  // namespace

std::vector<std::string> lost_with(const TrackRecord& loser, const TrackRecord& keeper) {
  std::vector<std::string> lost;
  const FileContents &here = loser.contents, &there = keeper.contents;
  if (may_hold_anything(loser))
    lost.emplace_back("may hold a video or further streams (`scan --remeasure` looks for them)");
  add_streams(here, there, lost);
  if (here.chapters > there.chapters) lost.push_back(more_of(chapters, here.chapters, there.chapters));
  if (here.lyrics && !there.lyrics) lost.emplace_back("has lyrics that the other lacks");
  if (here.cue_sheet && !there.cue_sheet) lost.emplace_back("has a cue sheet that the other lacks");
  add_channels(loser, keeper, lost);
  return lost;
}

bool same_further_streams(const TrackRecord& a, const TrackRecord& b) noexcept {
  if (may_hold_anything(a) || may_hold_anything(b)) return false;
  if (!has_streams(a.contents) && !has_streams(b.contents)) return true;
  return streams_equal(a.contents, b.contents);
}

std::int64_t holdings(const FileContents& contents) noexcept {
  constexpr std::int64_t most = 63;
  std::int64_t sum = 0;
  for (const Kind& kind : streams)
    sum = sum * (most + 1) + std::min<std::int64_t>(contents.*kind.count, most);
  return ((sum * 2 + (contents.chapters > 0)) * 2 + contents.lyrics) * 2 + contents.cue_sheet;
}

}  // namespace echofold
