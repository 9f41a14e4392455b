// Each doubt is a function of one pair. The order of the copies never depends on doubts.
#include "engine/dedupe/doubts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/dedupe/contents.h"
#include "engine/dedupe/decoded_copies.h"
#include "engine/dedupe/missing_band.h"
#include "engine/dedupe/quality_signs.h"

namespace echofold {
namespace {

// The spectra of two encodings of one sound end within this distance. If they are further apart, one has sound of its
// own.
constexpr std::uint32_t same_end_hz = 1'000;

/// What is proved to be decoded from a lossy file is none.
bool is_lossless(const Ranked& r) noexcept { return sound_of(r).properties.lossless; }

/// A file made from a suspected transcode ends where the transcode ends, or trails off in an encoder's faint noise. A
/// lossy file with a sharp end of its own higher up has another source. Opus fills every band up to 20 kHz.
bool reaches_above_transcode(const TrackRecord& lossy, const TrackRecord& transcode) noexcept {
  constexpr std::uint32_t same_hz = 500;
  return lossy.properties.codec != "opus" && ends_sharply(lossy.quality) &&
         lossy.quality.cutoff_hz > transcode.quality.cutoff_hz + same_hz;
}

constexpr std::uint32_t heard_up_to_hz = 20'000;

/// The ends of two lossless files can be compared directly. A lossy loser may have been made from the keeper:
/// encoders put noise above dark music, and end it sharply.
std::optional<FrequencyBand> above_the_end(const TrackRecord& keeper, const TrackRecord& loser) noexcept {
  if (!loser.properties.lossless || !spectrum_measured(loser)) return std::nullopt;
  const std::uint32_t high = std::min(reach_hz(loser), carried_rate_hz(loser) / 2), low = reach_hz(keeper);
  const bool higher = low > 0 && high > low + same_end_hz && (low < heard_up_to_hz || high > low + low / 10);
  return higher ? std::optional(FrequencyBand{low, high}) : std::nullopt;
}

/// The part of the spectrum that the loser has and the keeper lacks.
std::optional<FrequencyBand> only_in_loser(const TrackRecord& keeper, const TrackRecord& loser) {
  if (is_dsd(loser)) return std::nullopt;  // its noise rises above the music
  const auto above = above_the_end(keeper, loser);
  return above ? above : missing_band(keeper, loser);
}

/// An encoder that cut more than others at its bit rate lost nothing that matters. One that cut more than its bit
/// rate can explain had a source with less.
bool explained_by_bit_rate(const TrackRecord& keeper, std::uint32_t end_hz) {
  return !keeper.properties.lossless &&
         highest_bit_rate_kbps(end_hz) >= equivalent_bit_rate_kbps(keeper.properties);
}

std::string contradiction_of_reach(const Ranked& keeper, const Ranked& loser) {
  const auto band = only_in_loser(sound_of(keeper), sound_of(loser));
  if (!band || explained_by_bit_rate(sound_of(keeper), band->from_hz)) return {};
  return fmt::format("its sound reaches to {}, the other's to {}", khz_text(band->to_hz),
                     khz_text(band->from_hz));
}

std::string contradiction_of_bits(const Ranked& keeper, const Ranked& loser) {
  if (!is_lossless(keeper) || !is_lossless(loser)) return {};
  if (!bits_measured(sound_of(keeper)) || !bits_measured(sound_of(loser))) return {};
  const unsigned here = carried_bits(sound_of(loser)), there = carried_bits(sound_of(keeper));
  return here > there ? fmt::format("it uses {} bits, the other {}", here, there) : "";
}

/// The keeper counts with all its channels, because their sound was not measured.
std::string_view unmeasured_channels(const Ranked& keeper, const Ranked& loser) {
  const TrackRecord& better = sound_of(keeper);
  const bool unknown = !channels_measured(better) && better.properties.channels > 1;
  return unknown && sound_of(loser).properties.channels > 1
             ? "the channels of the other were not measured: some may be silent"
             : "";
}

/// In stereo, surround sound is a mix that the player makes: neither the fingerprint nor the ear has the stereo mix of
/// the loser to compare it with.
std::string_view other_mix(const Ranked& keeper, const Ranked& loser) {
  return carried_channels(*keeper.track) > 2 && carried_channels(*loser.track) <= 2
             ? "the other is surround sound: its stereo mix may differ"
             : "";
}

std::string_view unmeasured_format(const Ranked& keeper, const Ranked& loser, RankRule rule) {
  const TrackRecord& better = sound_of(keeper);
  if (is_dsd(better) != is_dsd(sound_of(loser))) return "DSD has no bit depth to compare";
  if (rule == RankRule::bit_depth && !bits_measured(better))
    return "the bits that the other uses were not measured";
  if (rule == RankRule::sample_rate && !spectrum_measured(better))
    return "the spectrum of the other was not measured";
  return "";
}

/// Of two lossy files the one with the lower bit rate won because the other ends lower. If it has nothing up there
/// itself, the music is dark.
std::string_view against_bit_rate(const Ranked& keeper, const Ranked& loser) {
  const bool higher = equivalent_bit_rate_kbps(sound_of(loser).properties) >
                      equivalent_bit_rate_kbps(sound_of(keeper).properties);
  return higher && !missing_band(sound_of(loser), sound_of(keeper)) ? "its bit rate is higher" : "";
}

/// A resampled file can't be distinguished from dark music that was recorded at the higher rate, unless it has the sign
/// "upsampled".
bool has_higher_rate_without_sound(const TrackRecord& track, const TrackRecord& other) {
  return track.properties.sample_rate_hz > other.properties.sample_rate_hz &&
         carried_rate_hz(track) < track.properties.sample_rate_hz && !has_sign(track, QualitySign::upsampled);
}

/// The keeper may have been made from the loser, by an encoder that added a difference between its channels.
std::string_view lossless_loses(const Ranked& keeper, const Ranked& loser) {
  if (!is_lossless(loser)) return "";
  if (!is_lossless(keeper)) return "it is lossless, the other is not";
  const bool only_keeper_is_fake = has_sign(sound_of(keeper), QualitySign::transcode) &&
                                   !has_sign(sound_of(loser), QualitySign::transcode);
  return only_keeper_is_fake ? "the other is a suspected transcode" : "";
}

std::string_view contradiction_of_mix(const Ranked& keeper, const Ranked& loser) {
  return cancels_in_mono(sound_of(keeper)) && !cancels_in_mono(sound_of(loser))
             ? "the other's channels cancel in mono"
             : "";
}

std::string_view doubt_of_rate(const Ranked& keeper, const Ranked& loser, RankRule rule) {
  if (!is_lossless(keeper) || !is_lossless(loser)) return "";
  if (rule == RankRule::bit_depth && has_higher_rate_without_sound(sound_of(keeper), sound_of(loser)))
    return "the other's sample rate is higher without more sound: it may have been made from this one";
  return has_higher_rate_without_sound(sound_of(loser), sound_of(keeper))
             ? "its sample rate is higher, though no more sound was found in it"
             : "";
}

std::string_view doubt_of_rule(const Ranked& keeper, const Ranked& loser, const RankReason& reason,
                               const RankSettings& settings) {
  switch (reason.rule) {
    case RankRule::trash:
    case RankRule::soundness:
    case RankRule::polarity:
      return compare_format(loser, keeper, settings) < 0 ? "apart from that it is the better copy" : "";
    case RankRule::channels:
      if (const auto doubt = lossless_loses(keeper, loser); !doubt.empty()) return doubt;
      if (const auto doubt = unmeasured_channels(keeper, loser); !doubt.empty()) return doubt;
      return other_mix(keeper, loser);
    case RankRule::bandwidth:
      if (const auto doubt = lossless_loses(keeper, loser); !doubt.empty()) return doubt;
      return is_lossless(keeper) ? "" : against_bit_rate(keeper, loser);
    case RankRule::resolution:
      return lossless_loses(keeper, loser);
    case RankRule::losslessness:
      return is_lossless(loser) && !spectrum_measured(sound_of(keeper))
                 ? "the spectrum of the other was not measured"
                 : "";
    case RankRule::lossless_format:
      return reaches_above_transcode(sound_of(loser), sound_of(keeper))
                 ? "its sound reaches higher than that of the suspected transcode"
                 : "";
    case RankRule::bit_depth:
    case RankRule::sample_rate:
      return unmeasured_format(keeper, loser, reason.rule);
    case RankRule::clipping:
      return "only the clipping makes it the worse copy";
    case RankRule::true_bit_rate:
      return against_bit_rate(keeper, loser);
    default:
      return "";
  }
}

}  // namespace

std::vector<std::string> doubts_about(const Ranked& keeper, const Ranked& loser, const RankReason& reason,
                                      const RankSettings& settings) {
  // The very same samples: only the rest of the file can differ.
  if (reason.rule == RankRule::source && is_source_of(keeper, loser))
    return lost_with(*loser.track, *keeper.track);
  std::vector<std::string> doubts;
  const auto add = [&](std::string doubt) {
    if (!doubt.empty()) doubts.push_back(std::move(doubt));
  };
  add(std::string(doubt_of_rule(keeper, loser, reason, settings)));
  // Both would give the same reason.
  if (reason.rule != RankRule::lossless_format || doubts.empty()) add(contradiction_of_reach(keeper, loser));
  add(contradiction_of_bits(keeper, loser));
  add(std::string(doubt_of_rate(keeper, loser, reason.rule)));
  add(std::string(contradiction_of_mix(keeper, loser)));
  for (std::string& lost : lost_with(*loser.track, *keeper.track)) doubts.push_back(std::move(lost));
  return doubts;
}

}  // namespace echofold
