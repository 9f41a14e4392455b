// A track resampled to other speeds: the few items of each speed by which other tracks are found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// Variants are this far apart, so that a quarter of a percent is left at most.
inline constexpr double variant_step = 0.005;
inline constexpr int variant_steps_a_percent = 2;
inline constexpr int most_speed_percent = 8;
inline constexpr int most_variant_steps = most_speed_percent * variant_steps_a_percent;
/// A variant is made of this much of a track.
inline constexpr double variant_audio_s = 120;

/// How many times as fast a variant plays: its track is found in tracks that play as fast.
/// @param steps  -most_variant_steps to most_variant_steps, not 0
constexpr double variant_speed(int steps) noexcept { return 1 + steps * variant_step; }

/// All items of one variant.
struct VariantItems {
  int steps = 0;
  std::vector<Item> items;
  bool operator==(const VariantItems&) const = default;
};

/// The items of one variant that are looked up (variant_keys.h).
struct SpeedVariant {
  int steps = 0;
  std::vector<Item> items;
  std::vector<std::uint16_t> positions;  ///< of each in the variant, ascending
  bool operator==(const SpeedVariant&) const = default;
};

/// What the library stores of one track. Without variants for a track that is too short to have any.
struct SpeedVariants {
  std::uint32_t percent = 0;  ///< the speeds reach so far to both sides
  std::vector<SpeedVariant> variants;
  bool operator==(const SpeedVariants&) const = default;
};

/// Sealed, as docs/FORMAT.md describes. @param id  of the track; on a damaged page the value could be under another key
std::string encode(TrackId id, const SpeedVariants& variants);
/// @param what  names the value in messages
/// @throws Error Fault::damaged, also for the value of another track; Fault::version
SpeedVariants decode_variants(TrackId id, std::string_view bytes, const std::string& what);

}  // namespace echofold
