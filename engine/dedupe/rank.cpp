// The ranking: a list of rules, the first that differs decides.
#include "engine/dedupe/rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/dedupe/clean_name.h"
#include "engine/dedupe/codec_words.h"
#include "engine/dedupe/contents.h"
#include "engine/dedupe/quality_signs.h"
#include "index/base/fs/path.h"
#include "index/base/fs/trash_folders.h"

namespace echofold {
namespace {

/// The number that a rule gives a track. The copy with the greater number is better.
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

/// Up to which bit rate encoders end the spectrum this low. The limits leave a margin: encoders that cut more than
/// others (AAC and WMA near 100 kb/s, MP3 encoders of the nineties at 16 kHz) must not be suspected.
struct CutoffStep {
  std::uint32_t up_to_hz;
  double kbps;
};
constexpr std::array cutoff_steps = std::to_array<CutoffStep>({
    {8'000, 48},
    {10'000, 64},
    {12'000, 96},
    {14'000, 112},
    {15'600, 128},
    {16'600, 176},
    {17'600, 208},
    {18'600, 256},
});

using enum QualitySign;
constexpr QualitySign damage_signs[] = {damaged}, channel_signs[] = {silent_channels, dual_mono},
                      bit_signs[] = {padded_bits}, transcode_signs[] = {transcode},
                      rate_signs[] = {upsampled}, clipping_signs[] = {clipped},
                      padding_signs[] = {silent_channels, dual_mono, padded_bits};

bool counts_as_lossless(const TrackRecord& track) {
  return track.properties.lossless && !has_sign(track, QualitySign::transcode);
}

/// True if it lacks sound that another copy has. People also cut a second or two by hand: for so little the header
/// has to say the same.
bool is_cut_short(const Ranked& r) noexcept {
  constexpr double by_header_s = 1.0, by_itself_s = 2.0;
  return r.missing_s >= (r.track->quality.truncated ? by_header_s : by_itself_s);
}

std::string cut_short_text(const Ranked& r) {
  return fmt::format("{}: another copy has {:.1f} s more",
                     r.track->quality.truncated ? "truncated" : "cut short", r.missing_s);
}

/// The first rule: a file in a trash or snapshot folder will be deleted with it one day.
Worth out_of_trash(const Ranked& r, const RankSettings&) { return is_in_trash(r.track->path) ? 0 : 1; }

Worth protection(const Ranked& r, const RankSettings& s) { return is_protected(*r.track, s) ? 1 : 0; }

/// A missing end that another copy has is the worst damage. A header that promises more than any copy has proves
/// nothing: the others may be copies of this one.
Worth soundness(const Ranked& r, const RankSettings&) {
  constexpr Worth worst = std::numeric_limits<std::int32_t>::max();
  if (is_cut_short(r)) return -worst;
  if (r.dropout.found()) return 1 - worst;
  return -std::min<Worth>(r.track->quality.frames_skipped, worst - 2);
}

Worth channels(const Ranked& r, const RankSettings&) { return carried_channels(sound_of(r)); }

/// Finds sample rates that are too low for music, and lossy files that were cut as low. How far honest music reaches
/// proves nothing. So for lossless files only the rate counts, and for lossy ones only a sharp end.
Worth bandwidth(const Ranked& r, const RankSettings&) {
  constexpr std::uint32_t borders_hz[] = {6'000, 8'500, 12'500};
  const TrackRecord& track = sound_of(r);
  const bool cut = !track.properties.lossless && ends_sharply(track.quality);
  const std::uint32_t hz = cut ? reach_hz(track) : track.properties.sample_rate_hz / 2;
  return hz == 0 ? std::size(borders_hz) : std::ranges::count_if(borders_hz, [&](auto b) { return hz > b; });
}

/// 8 bits hiss at -48 dB; a lossy file of a better master does not.
Worth resolution(const Ranked& r, const RankSettings&) {
  constexpr unsigned low_bits = 8;
  const unsigned bits = carried_bits(sound_of(r));
  return sound_of(r).properties.lossless && bits > 0 && bits <= low_bits ? 0 : 1;
}

Worth losslessness(const Ranked& r, const RankSettings&) { return counts_as_lossless(sound_of(r)) ? 1 : 0; }

/// Nothing made from a suspected transcode is better than the transcode, not even an MP3 of any bit rate.
Worth lossless_format(const Ranked& r, const RankSettings&) {
  return sound_of(r).properties.lossless ? 1 : 0;
}

/// An inverted channel sounds hollow, and in mono it cancels the music. This rule comes after the format: inverted
/// again, a lossless file is whole.
Worth polarity(const Ranked& r, const RankSettings&) { return cancels_in_mono(sound_of(r)) ? 0 : 1; }

Worth bit_depth(const Ranked& r, const RankSettings&) {
  return counts_as_lossless(sound_of(r)) ? carried_bits(sound_of(r)) : 0;
}

/// The spectrum of a lossy file says more than its rate: Opus always has 48 kHz.
Worth sample_rate(const Ranked& r, const RankSettings&) {
  return counts_as_lossless(sound_of(r)) ? carried_rate_hz(sound_of(r)) : 0;
}

/// Clipping in the decoded samples of a lossy file does not show that the file is clipped.
Worth unclipped(const Ranked& r, const RankSettings&) {
  return has_sign(sound_of(r), QualitySign::clipped) && counts_as_lossless(sound_of(r)) ? 0 : 1;
}

/// By the whole kHz: of two suspected transcodes the one that an encoder made at a higher rate is better.
Worth cutoff(const Ranked& r, const RankSettings&) {
  return has_sign(sound_of(r), QualitySign::transcode) ? sound_of(r).quality.cutoff_hz / 1000 : 0;
}

Worth bit_rate_step(double kbps, const RankSettings& settings) {
  if (kbps <= 0) return std::numeric_limits<Worth>::min();
  if (settings.bit_rate_tie <= 0) return std::llround(kbps * 1000);
  return std::llround(std::log(kbps / 128.0) / std::log1p(settings.bit_rate_tie));
}

Worth true_bit_rate(const Ranked& r, const RankSettings& settings) {
  return sound_of(r).properties.lossless ? 0 : bit_rate_step(true_bit_rate_kbps(sound_of(r)), settings);
}

Worth bit_rate(const Ranked& r, const RankSettings& settings) {
  const AudioProperties& properties = sound_of(r).properties;
  return properties.lossless ? 0 : bit_rate_step(equivalent_bit_rate_kbps(properties), settings);
}

Worth source(const Ranked& r, const RankSettings&) { return r.source == nullptr ? 1 : 0; }

/// In half seconds, because the ends of two rips are never exactly the same.
Worth length(const Ranked& r, const RankSettings&) { return -std::llround(r.missing_s * 2); }

Worth contents(const Ranked& r, const RankSettings&) { return holdings(r.track->contents); }

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

/// Counts what only makes a file with the same sound larger.
Worth padding(const Ranked& r, const RankSettings&) {
  const TrackRecord& track = *r.track;
  const bool of_rate = carried_rate_hz(track) < track.properties.sample_rate_hz;
  return -std::ranges::count_if(padding_signs, [&](QualitySign sign) { return has_sign(track, sign); }) -
         (of_rate ? 1 : 0);
}

Worth clean_name(const Ranked& r, const RankSettings&) { return has_clean_name(r.track->path) ? 1 : 0; }

// ~x is -x - 1: the same order, and no overflow at the lowest number.
Worth age(const Ranked& r, const RankSettings&) { return ~r.track->stamp.mtime_ns; }

Worth short_path(const Ranked& r, const RankSettings&) { return -static_cast<Worth>(r.track->path.size()); }

enum class Kind : std::uint8_t {
  other,
  sound,  ///< how it sounds
  format  ///< how it sounds, and its kind of file: no copy can have more of it than its source
};

struct Rule {
  RankRule rule;
  std::string_view better, worse;
  Worth (*worth)(const Ranked&, const RankSettings&);
  Kind kind = Kind::other;
  std::span<const QualitySign> signs = {};  ///< explain more than `worse`, for a track that has one
};

const Rule rules[] = {
    {RankRule::trash, "not in a trash or snapshot folder", "in a trash or snapshot folder", out_of_trash},
    {RankRule::protection, "protected folder", "outside the protected folders", protection},
    {RankRule::soundness, "whole and undamaged", "damaged or cut short", soundness, Kind::sound,
     damage_signs},
    {RankRule::channels, "more channels", "fewer channels", channels, Kind::format, channel_signs},
    {RankRule::bandwidth, "reaches higher", "reaches less high", bandwidth, Kind::format},
    {RankRule::resolution, "more than 8 bits", "only 8 bits", resolution, Kind::format, bit_signs},
    {RankRule::losslessness, "lossless", "lossy", losslessness, Kind::format, transcode_signs},
    {RankRule::lossless_format, "lossless format", "lossy", lossless_format, Kind::format},
    {RankRule::polarity, "channels add up in mono", "channels cancel in mono", polarity, Kind::sound},
    {RankRule::bit_depth, "higher bit depth", "lower bit depth", bit_depth, Kind::format, bit_signs},
    {RankRule::sample_rate, "higher sample rate", "lower sample rate", sample_rate, Kind::format, rate_signs},
    {RankRule::clipping, "not clipped", "clipped", unclipped, Kind::sound, clipping_signs},
    {RankRule::cutoff, "higher cut-off", "lower cut-off", cutoff, Kind::format, transcode_signs},
    {RankRule::true_bit_rate, "higher bit rate", "lower bit rate", true_bit_rate, Kind::format},
    {RankRule::bit_rate, "higher bit rate", "lower bit rate", bit_rate, Kind::format},
    {RankRule::source, "the other was decoded from it", "decoded from the other", source},
    {RankRule::length, "longer", "shorter", length},
    {RankRule::contents, "more in the file beside the music", "less in the file beside the music", contents},
    {RankRule::known, "already in the library", known_already, known},
    {RankRule::album, "fuller album folder", "emptier album folder", album},
    {RankRule::tags, "fuller tags", "poorer tags", tags},
    {RankRule::padding, "same sound in a smaller format", "same sound in a larger format", padding,
     Kind::other, padding_signs},
    {RankRule::clean_name, "clean file name", "file name of a copy", clean_name},
    {RankRule::age, "older file", "newer file", age},
    {RankRule::short_path, "shorter path", "longer path", short_path},
};

/// Compares by the rules of this kind and of later kinds.
int compare_by(Kind least, const Ranked& a, const Ranked& b, const RankSettings& settings) {
  for (const Rule& rule : rules) {
    if (rule.kind < least) continue;
    const Worth of_a = rule.worth(a, settings), of_b = rule.worth(b, settings);
    if (of_a != of_b) return of_a > of_b ? -1 : 1;
  }
  return 0;
}

/// Why the measured end of the spectrum shows less quality than the bit rate.
std::string narrow_text(const TrackRecord& track) { return "nothing above " + khz_text(reach_hz(track)); }

}  // namespace

bool is_protected(const TrackRecord& track, const RankSettings& settings) noexcept {
  return std::any_of(settings.protected_folders.begin(), settings.protected_folders.end(),
                     [&](const std::string& folder) { return is_same_or_inside(track.path, folder); });
}

double equivalent_bit_rate_kbps(const AudioProperties& properties) {
  const auto known = std::find_if(codec_factors.begin(), codec_factors.end(),
                                  [&](const CodecFactor& f) { return f.codec == properties.codec; });
  const double factor = known == codec_factors.end() ? 1.0 : known->factor;
  return properties.bit_rate_bps / 1000.0 * factor;
}

double highest_bit_rate_kbps(std::uint32_t end_hz) {
  const auto step =
      std::ranges::find_if(cutoff_steps, [&](const CutoffStep& s) { return end_hz <= s.up_to_hz; });
  return step == cutoff_steps.end() ? std::numeric_limits<double>::infinity() : step->kbps;
}

double true_bit_rate_kbps(const TrackRecord& track) {
  const double nominal = equivalent_bit_rate_kbps(track.properties);
  if (!spectrum_measured(track) || !ends_sharply(track.quality)) return nominal;
  return std::min(nominal, highest_bit_rate_kbps(track.quality.cutoff_hz));
}

std::string why_worse(const RankReason& reason, const Ranked& worse) {
  const auto rule = std::ranges::find(rules, reason.rule, &Rule::rule);
  if (rule == std::end(rules)) return std::string(reason.worse);
  if (worse.source != nullptr && (rule->rule == RankRule::losslessness ||
                                  rule->rule == RankRule::lossless_format || rule->rule == RankRule::source))
    return "decoded " + codec_family(worse.source->properties);
  const bool of_format = rule->rule > RankRule::soundness && rule->rule < RankRule::source;
  const TrackRecord& track = of_format ? sound_of(worse) : *worse.track;
  if (rule->rule == RankRule::soundness && is_cut_short(worse)) return cut_short_text(worse);
  if (rule->rule == RankRule::soundness && worse.dropout.found()) return dropout_text(worse.dropout);
  if (rule->rule == RankRule::bandwidth) return narrow_text(track);
  if (rule->rule == RankRule::true_bit_rate &&
      true_bit_rate_kbps(track) < equivalent_bit_rate_kbps(track.properties))
    return narrow_text(track);
  for (const QualitySign sign : rule->signs)
    if (has_sign(track, sign)) return sign_text(track, sign);
  return std::string(reason.worse);
}

int compare_sound(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  return compare_by(Kind::sound, a, b, settings);
}

int compare_format(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  return compare_by(Kind::format, a, b, settings);
}

namespace {

/// If a lossless file beats a lossy one by bandwidth, the reason is that it is lossless: they were not measured alike.
RankReason reason_of(const Rule& rule, int order, const TrackRecord& better, const TrackRecord& worse) {
  if (rule.rule != RankRule::bandwidth || !better.properties.lossless || worse.properties.lossless)
    return {order, rule.better, rule.worse, rule.rule};
  const RankRule plain = counts_as_lossless(better) ? RankRule::losslessness : RankRule::lossless_format;
  const auto& named = *std::ranges::find(rules, plain, &Rule::rule);
  return {order, named.better, named.worse, named.rule};
}

}  // namespace

RankReason compare_copies(const Ranked& a, const Ranked& b, const RankSettings& settings) {
  for (const Rule& rule : rules) {
    const Worth of_a = rule.worth(a, settings), of_b = rule.worth(b, settings);
    if (of_a > of_b) return reason_of(rule, -1, sound_of(a), sound_of(b));
    if (of_a < of_b) return reason_of(rule, 1, sound_of(b), sound_of(a));
  }
  constexpr std::string_view by_path = "first by path", after_by_path = "later by path";
  if (const int order = a.track->path.compare(b.track->path); order != 0)
    return {order < 0 ? -1 : 1, by_path, after_by_path, RankRule::path};
  if (a.track->id == b.track->id) return {};
  return {a.track->id < b.track->id ? -1 : 1, by_path, after_by_path, RankRule::path};
}

}  // namespace echofold
