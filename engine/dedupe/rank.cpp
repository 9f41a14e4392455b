// The ranking: a list of rules, the first that differs decides.
#include "engine/dedupe/rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "engine/dedupe/clean_name.h"
#include "engine/dedupe/quality_signs.h"
#include "index/trash_folders.h"

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

bool counts_as_lossless(const TrackRecord& track) {
  return track.properties.lossless && !has_sign(track, QualitySign::transcode);
}

/// Lacks sound that another copy has. Ends of a second and two are cut by hand, too: there the header has to
/// say the same.
bool is_cut_short(const Ranked& r) noexcept {
  constexpr double by_header_s = 1.0, by_itself_s = 2.0;
  return r.missing_s >= (r.track->quality.truncated ? by_header_s : by_itself_s);
}

std::string cut_short_text(const Ranked& r) {
  return fmt::format("{}: another copy has {:.1f} s more",
                     r.track->quality.truncated ? "truncated" : "cut short", r.missing_s);
}

/// Before all others: what lies in trash or in a snapshot goes with it one day.
Worth out_of_trash(const Ranked& r, const RankSettings&) { return is_in_trash(r.track->path) ? 0 : 1; }

Worth protection(const Ranked& r, const RankSettings& s) { return is_protected(*r.track, s) ? 1 : 0; }

/// An end that another copy has is the worst damage. A header that promises more than any copy has says
/// nothing: the others may be copies of this one.
Worth soundness(const Ranked& r, const RankSettings&) {
  constexpr Worth worst = std::numeric_limits<std::int32_t>::max();
  if (is_cut_short(r)) return -worst;
  return -std::min<Worth>(r.track->quality.frames_skipped, worst - 1);
}

Worth losslessness(const Ranked& r, const RankSettings&) { return counts_as_lossless(*r.track) ? 1 : 0; }

/// Whatever was made from a suspected transcode is no better than it, an MP3 of any bit rate included.
Worth lossless_format(const Ranked& r, const RankSettings&) { return r.track->properties.lossless ? 1 : 0; }

Worth bit_depth(const Ranked& r, const RankSettings&) {
  return counts_as_lossless(*r.track) ? carried_bits(*r.track) : 0;
}

Worth sample_rate(const Ranked& r, const RankSettings&) {
  const Worth rate = carried_rate_hz(*r.track);
  return counts_as_lossless(*r.track) ? rate : std::min<Worth>(rate, 44100);
}

Worth channels(const Ranked& r, const RankSettings&) { return carried_channels(*r.track); }

/// What a decoder makes of a lossy file says nothing of the file.
Worth unclipped(const Ranked& r, const RankSettings&) {
  return has_sign(*r.track, QualitySign::clipped) && counts_as_lossless(*r.track) ? 0 : 1;
}

/// Of suspected transcodes the one that an encoder of higher rate made, by the kHz.
Worth cutoff(const Ranked& r, const RankSettings&) {
  return has_sign(*r.track, QualitySign::transcode) ? r.track->quality.cutoff_hz / 1000 : 0;
}

Worth bit_rate(const Ranked& r, const RankSettings& settings) {
  if (r.track->properties.lossless) return 0;
  const double kbps = equivalent_bit_rate_kbps(r.track->properties);
  if (kbps <= 0) return std::numeric_limits<Worth>::min();
  if (settings.bit_rate_tie <= 0) return std::llround(kbps * 1000);
  return std::llround(std::log(kbps / 128.0) / std::log1p(settings.bit_rate_tie));
}

Worth album(const Ranked& r, const RankSettings&) { return r.album_tracks; }

Worth known(const Ranked& r, const RankSettings&) { return r.is_new ? 0 : 1; }

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

/// When a rule must not decide alone.
enum class Doubt : std::uint8_t {
  never,
  against_format,  ///< when it speaks against the copy that the rules of the format prefer
  against_reach,   ///< when the loser's sound goes on above the winner's cut-off
  always
};

struct Rule {
  std::string_view better, worse;
  Worth (*worth)(const Ranked&, const RankSettings&);
  std::optional<QualitySign> sign = std::nullopt;  ///< tells more than `worse` of a track that has it
  Doubt doubt = Doubt::never;
  bool of_format = false;  ///< what sort of file it is: no copy can have more of it than what it comes from
};

constexpr Rule rules[] = {
    {"not in a trash or snapshot folder", "in a trash or snapshot folder", out_of_trash, std::nullopt,
     Doubt::against_format},
    {"protected folder", "outside the protected folders", protection},
    {"decodes cleanly", "damaged or cut short", soundness, QualitySign::damaged, Doubt::against_format},
    {"lossless", "lossy", losslessness, QualitySign::transcode, Doubt::never, true},
    {"lossless format", "lossy", lossless_format, std::nullopt, Doubt::against_reach, true},
    {"higher bit depth", "lower bit depth", bit_depth, QualitySign::padded_bits, Doubt::never, true},
    {"higher sample rate", "lower sample rate", sample_rate, QualitySign::upsampled, Doubt::never, true},
    {"more channels", "fewer channels", channels, QualitySign::dual_mono, Doubt::never, true},
    {"not clipped", "clipped", unclipped, QualitySign::clipped, Doubt::always},
    {"higher cut-off", "lower cut-off", cutoff, QualitySign::transcode, Doubt::never, true},
    {"higher bit rate", "lower bit rate", bit_rate, std::nullopt, Doubt::never, true},
    {"fuller album folder", "emptier album folder", album},
    {"already in the library", known_already, known},
    {"fuller tags", "poorer tags", tags},
    {"clean file name", "file name of a copy", clean_name},
    {"older file", "newer file", age},
    {"shorter path", "longer path", short_path},
};

/// -1: a is of the better format, 1: b is.
int better_format(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  for (const Rule& rule : rules) {
    const Worth of_a = rule.of_format ? rule.worth(a, settings) : 0;
    const Worth of_b = rule.of_format ? rule.worth(b, settings) : 0;
    if (of_a != of_b) return of_a > of_b ? -1 : 1;
  }
  return 0;
}

/// What was made from a suspected transcode ends where that ends, or trails off in an encoder's faint noise. A
/// lossy file with a sharp end of its own further up comes from elsewhere.
bool reaches_higher(const AudioQuality& lossy, const AudioQuality& transcode) noexcept {
  constexpr std::uint32_t same_hz = 500;
  constexpr double sharp_edge_db = 25;
  return lossy.edge_db >= sharp_edge_db && lossy.cutoff_hz > transcode.cutoff_hz + same_hz;
}

std::string_view doubt_of(const Rule& rule, const Ranked& winner, const Ranked& loser,
                          const RankSettings& settings) {
  switch (rule.doubt) {
    case Doubt::against_format:
      return better_format(loser, winner, settings) < 0 ? "otherwise the better copy" : "";
    case Doubt::against_reach:
      return reaches_higher(loser.track->quality, winner.track->quality)
                 ? "it reaches above the suspected transcode"
                 : "";
    case Doubt::always:
      return "clipping alone decides";
    case Doubt::never:
      break;
  }
  return "";
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

double equivalent_bit_rate_kbps(const AudioProperties& properties) {
  const auto known = std::find_if(codec_factors.begin(), codec_factors.end(),
                                  [&](const CodecFactor& f) { return f.codec == properties.codec; });
  const double factor = known == codec_factors.end() ? 1.0 : known->factor;
  return properties.bit_rate_bps / 1000.0 * factor;
}

std::string why_worse(const RankReason& reason, const Ranked& worse) {
  const auto number = static_cast<std::size_t>(reason.step) - 1;
  if (reason.step == 0 || number >= std::size(rules)) return std::string(reason.worse);
  const Rule& rule = rules[number];
  if (rule.worth == soundness && is_cut_short(worse)) return cut_short_text(worse);
  return rule.sign && has_sign(*worse.track, *rule.sign) ? sign_text(*worse.track, *rule.sign)
                                                         : std::string(reason.worse);
}

RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  int step = 0;
  for (const Rule& rule : rules) {
    ++step;
    const Worth of_a = rule.worth(a, settings), of_b = rule.worth(b, settings);
    if (of_a == of_b) continue;
    const int order = of_a > of_b ? -1 : 1;
    const std::string_view doubt =
        order < 0 ? doubt_of(rule, a, b, settings) : doubt_of(rule, b, a, settings);
    return {order, rule.better, rule.worse, step, doubt};
  }
  ++step;
  constexpr std::string_view by_path = "first by path", after_by_path = "later by path";
  if (const int order = a.track->path.compare(b.track->path); order != 0)
    return {order < 0 ? -1 : 1, by_path, after_by_path, step, ""};
  if (a.track->id == b.track->id) return {};
  return {a.track->id < b.track->id ? -1 : 1, by_path, after_by_path, step, ""};
}

}  // namespace echofold
