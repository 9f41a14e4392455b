// What listening to two copies side by side showed: measurements, without a judgement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// What one copy has at a moment where the other one has something else.
enum class BurstKind : std::uint8_t {
  other,        ///< both have sound
  silent_in_a,  ///< only b has sound
  silent_in_b   ///< only a has sound
};

/// A moment at which the copies differ more than elsewhere.
struct HeardBurst {
  double start_s = 0;   ///< in a
  double length_s = 0;  ///< while it is at least half as strong as at its strongest moment
  /// 1: as much as the strongest burst that a codec makes (docs/THRESHOLDS.md, "Listening").
  double strength = 0;
  BurstKind kind = BurstKind::other;
  bool in_side = false;  ///< only in what left and right do not share
  bool operator==(const HeardBurst&) const = default;
};

/// How the channels of the two copies are related.
enum class HeardChannels : std::uint8_t {
  same,
  a_is_mono,  ///< b has sound that is different left and right, a has not
  b_is_mono,
  swapped,  ///< left and right have changed places
  differ    ///< what left and right do not share is other sound
};

/// All numbers of one pair (a, b) that was listened to. Levels of b are relative to those of a.
struct Heard {
  static constexpr std::size_t most_bursts = 8;

  bool lined_up =
      false;            ///< false: no common sound was found near the expected offset, and nothing else holds
  double offset_s = 0;  ///< to the sample: b begins at this time of a
  double speed = 1;     ///< b plays so many times as fast as a; exact, and 1 where it was expected to be
  double compared_s = 0;       ///< how much of both was compared, in the time of a
  std::uint32_t rate_hz = 0;   ///< at which they were compared: the highest frequency is below half of it
  double residual = 0;         ///< 0 .. 1: the part of b below 3 kHz that is no part of a, median
  double treble_residual = 0;  ///< likewise above 4.5 kHz, as far as both have it
  double treble_difference_db =
      0;                      ///< by how much the levels differ there, without equaliser and gain, median
  double usual_strength = 0;  ///< the strength that 1 % of the moments exceed
  double gain_db = 0;         ///< median
  double gain_drop_db = 0;    ///< how far the gain falls below its median, in the lowest 1 % of the moments
  double gain_rise_db = 0;    ///< likewise above it
  /// For so long b gets louder at the beginning, or softer at the end, and a does not; below 0: a does, and b does not.
  /// Bursts and gains in this time are left out.
  double fade_in_s = 0, fade_out_s = 0;
  double bass_db = 0;       ///< equaliser: level below 200 Hz, relative to the gain
  double treble_db = 0;     ///< likewise above 4.5 kHz, as far as both have it
  double equaliser_db = 0;  ///< how far the bands below 3 kHz spread
  double width_db = 0;  ///< by how much b is wider: the level of what left and right do not share, 0 for mono
  double range_db = 0;  ///< by how much the peaks of b stand further above its usual level than those of a
  /// How many dB b gains on a for each dB that both get louder. Below 0: b evens out what is loud and what is soft.
  double level_slope = 0;
  double limit_a_hz = 0;  ///< the highest frequency with audible sound
  double limit_b_hz = 0;
  double head_a_s = 0, head_b_s = 0;  ///< audible seconds before the compared part, which only one copy has
  double tail_a_s = 0, tail_b_s = 0;  ///< likewise after it
  /// How long no sample of left and right differs by more than two steps of 16 bits. This and the four below are 0 if
  /// the samples could not be compared: another sampling rate, more than two channels.
  double equal_s = 0;
  double rounded_s = 0;  ///< how long they differ by the rounding to 16 bits, and by nothing else
  /// The bit rate that an encoder needs at least to come that close in this time, spread over the compared time.
  double equal_kbps = 0;
  double difference_rms = 0, difference_max = 0;  ///< of all samples, in steps of 16 bits
  HeardChannels channels = HeardChannels::same;
  std::vector<HeardBurst> bursts = {};  ///< the strongest first
  bool operator==(const Heard&) const = default;
};

/// The same measurements with the copies exchanged.
Heard exchanged(Heard heard);

/// Two payloads, ordered: what was heard holds for all files that have them.
struct HeardKey {
  Hash128 a, b;  ///< a <= b
  auto operator<=>(const HeardKey&) const = default;
};

/// Sealed bytes, as the store has them (docs/FORMAT.md). The value includes the key: on a damaged page it could be
/// filed under another one.
std::string encode(const HeardKey& key, const Heard& heard);
/// @throws Error Fault::version, Fault::damaged; the latter also when the value has another key inside
Heard decode_heard(const HeardKey& key, std::string_view bytes);

/// "other", "silent_in_a", "silent_in_b"; "same", "a_is_mono", "b_is_mono", "swapped", "differ".
std::string_view name_of(BurstKind kind) noexcept;
std::string_view name_of(HeardChannels channels) noexcept;

}  // namespace echofold
