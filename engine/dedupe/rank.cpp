// The ranking: a list of rules, the first that differs decides.
#include "engine/dedupe/rank.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace echofold {
namespace {

/// What a rule makes of one track: the greater value is the better copy.
using Worth = std::int64_t;

struct CodecFactor {
  std::string_view codec;
  double factor;
};

// What a kb/s of the codec is worth in kb/s of LAME MP3 where public listening tests of 64 .. 160 kb/s put
// them level: Opus at 96 stood with MP3 near 150, AAC-LC and Vorbis at 100 with MP3 at 128, Musepack near
// Vorbis but tuned for higher rates. WMA 1/2 was level with MP3 or a little above, WMA Pro near AAC.
// MPEG-1 layer 2, AC-3 and DTS spend more for the same quality. Above the point where all are transparent
// the order means little, and a wrong factor costs nothing that can be heard.
constexpr std::array codec_factors = std::to_array<CodecFactor>({
    {"mp3", 1.0},
    {"aac", 1.25},
    {"aac_latm", 1.25},
    {"vorbis", 1.25},
    {"opus", 1.6},
    {"musepack7", 1.3},
    {"musepack8", 1.3},
    {"wmav1", 1.0},
    {"wmav2", 1.1},
    {"wmapro", 1.25},
    {"mp2", 0.7},
    {"mp1", 0.5},
    {"ac3", 0.8},
    {"eac3", 1.0},
    {"dts", 0.4},
    {"atrac3", 0.9},
    {"cook", 1.0},
});

/// A "lossless" file made from a lossy one belongs on the other side of this rule: the measured cut-off of
/// AudioQuality decides that here once it is taken.
bool counts_as_lossless(const TrackRecord& track) noexcept { return track.properties.lossless; }

Worth protection(const Ranked& r, const RankSettings& s) { return is_protected(*r.track, s) ? 1 : 0; }

Worth soundness(const Ranked& r, const RankSettings&) {
  const AudioQuality& quality = r.track->quality;
  if (quality.truncated) return -std::numeric_limits<std::int32_t>::max();
  return -std::min<Worth>(quality.frames_skipped, std::numeric_limits<std::int32_t>::max() - 1);
}

Worth losslessness(const Ranked& r, const RankSettings&) { return counts_as_lossless(*r.track) ? 1 : 0; }

Worth bit_depth(const Ranked& r, const RankSettings&) {
  return counts_as_lossless(*r.track) ? r.track->properties.bits_per_sample : 0;
}

Worth sample_rate(const Ranked& r, const RankSettings&) {
  const Worth rate = r.track->properties.sample_rate_hz;
  return counts_as_lossless(*r.track) ? rate : std::min<Worth>(rate, 44100);
}

Worth channels(const Ranked& r, const RankSettings&) { return r.track->properties.channels; }

Worth bit_rate(const Ranked& r, const RankSettings& settings) {
  if (counts_as_lossless(*r.track)) return 0;
  const double kbps = equivalent_bit_rate_kbps(r.track->properties);
  if (kbps <= 0) return std::numeric_limits<Worth>::min();
  if (settings.bit_rate_tie <= 0) return std::llround(kbps * 1000);
  return std::llround(std::log(kbps / 128.0) / std::log1p(settings.bit_rate_tie));
}

Worth album(const Ranked& r, const RankSettings&) { return r.album_tracks; }

Worth tags(const Ranked& r, const RankSettings&) {
  const Tags& t = r.track->tags;
  Worth filled = t.has_art ? 1 : 0;
  for (const std::string* field : {&t.artist, &t.title, &t.album, &t.album_artist, &t.track, &t.disc, &t.date,
                                   &t.acoustid_id, &t.musicbrainz_recording_id})
    filled += field->empty() ? 0 : 1;
  return filled;
}

Worth clean_name(const Ranked& r, const RankSettings&) { return has_clean_name(r.track->path) ? 1 : 0; }

// ~x is -x - 1: the same order, and no overflow at the lowest number.
Worth age(const Ranked& r, const RankSettings&) { return ~r.track->stamp.mtime_ns; }

Worth short_path(const Ranked& r, const RankSettings&) { return -static_cast<Worth>(r.track->path.size()); }

struct Rule {
  std::string_view better, worse;
  Worth (*worth)(const Ranked&, const RankSettings&);
};

constexpr Rule rules[] = {
    {"protected folder", "outside the protected folders", protection},
    {"decodes cleanly", "damaged or cut short", soundness},
    {"lossless", "lossy", losslessness},
    {"higher bit depth", "lower bit depth", bit_depth},
    {"higher sample rate", "lower sample rate", sample_rate},
    {"more channels", "fewer channels", channels},
    {"higher bit rate", "lower bit rate", bit_rate},
    {"fuller album folder", "emptier album folder", album},
    {"fuller tags", "poorer tags", tags},
    {"clean file name", "file name of a copy", clean_name},
    {"older file", "newer file", age},
    {"shorter path", "longer path", short_path},
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view without_spaces_behind(std::string_view text) noexcept {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "x(1)" or "x (12)" -> "x"; else nothing is taken. A year in brackets is no count.
std::string_view without_count(std::string_view stem) noexcept {
  if (!stem.ends_with(')')) return stem;
  const std::size_t open = stem.rfind('(');
  if (open == std::string_view::npos) return stem;
  const std::string_view inside = stem.substr(open + 1, stem.size() - open - 2);
  const bool count =
      !inside.empty() && inside.size() <= 2 && std::all_of(inside.begin(), inside.end(), is_digit);
  return count ? without_spaces_behind(stem.substr(0, open)) : stem;
}

bool ends_in_copy_word(std::string_view stem) noexcept {
  std::string_view base = stem;  // "x copy 2"
  while (!base.empty() && is_digit(base.back())) base.remove_suffix(1);
  base = without_spaces_behind(base);
  for (const std::string_view word : {"copy", "kopie", "copie", "copia"}) {
    if (!base.ends_with(word) || base.size() == word.size()) continue;
    const char before = base[base.size() - word.size() - 1];
    if (before == ' ' || before == '-' || before == '_') return true;
  }
  return false;
}

bool starts_with_copy_words(std::string_view stem) noexcept {
  for (const std::string_view words : {"copy of ", "kopie von ", "copie de ", "copia de "})
    if (stem.starts_with(words)) return true;
  return false;
}

/// "x~" of an editor, "X~1" of a short DOS name.
bool has_tilde(std::string_view stem) noexcept {
  if (stem.ends_with('~')) return true;
  return stem.size() >= 2 && stem[stem.size() - 2] == '~' && is_digit(stem.back());
}

}  // namespace

bool is_under(std::string_view path, std::string_view folder) noexcept {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  if (folder.empty() || !path.starts_with(folder)) return false;
  return path.size() == folder.size() || folder == "/" || path[folder.size()] == '/';
}

bool is_protected(const TrackRecord& track, const RankSettings& settings) noexcept {
  return std::any_of(settings.protected_folders.begin(), settings.protected_folders.end(),
                     [&](const std::string& folder) { return is_under(track.path, folder); });
}

bool has_clean_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0: the whole path
  if (name.ends_with('~')) return false;
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
    name = name.substr(0, dot);
  const std::string stem = lower_ascii(without_spaces_behind(name));
  const std::string_view counted = without_count(stem);
  return counted.size() == stem.size() && !ends_in_copy_word(stem) && !starts_with_copy_words(stem) &&
         !has_tilde(stem);
}

double equivalent_bit_rate_kbps(const AudioProperties& properties) {
  const auto known = std::find_if(codec_factors.begin(), codec_factors.end(),
                                  [&](const CodecFactor& f) { return f.codec == properties.codec; });
  const double factor = known == codec_factors.end() ? 1.0 : known->factor;
  return properties.bit_rate_bps / 1000.0 * factor;
}

RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  int step = 0;
  for (const Rule& rule : rules) {
    ++step;
    const Worth of_a = rule.worth(a, settings), of_b = rule.worth(b, settings);
    if (of_a != of_b) return {of_a > of_b ? -1 : 1, rule.better, rule.worse, step};
  }
  ++step;
  constexpr std::string_view by_path = "first by path", after_by_path = "later by path";
  if (const int order = a.track->path.compare(b.track->path); order != 0)
    return {order < 0 ? -1 : 1, by_path, after_by_path, step};
  if (a.track->id == b.track->id) return {};
  return {a.track->id < b.track->id ? -1 : 1, by_path, after_by_path, step};
}

}  // namespace echofold
