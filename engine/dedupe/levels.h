// Level as evidence: where one of two copies drops while the other goes on.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// A hole in one copy: a part that is clearly quieter than the same part of another one.
struct Dropout {
  double from_s = 0;        ///< in the track's own time
  double length_s = 0;      ///< 0: there is none
  double level_db = 0;      ///< of the part, below full scale
  double depth_db = 0;      ///< how far it lies below the other copy, the gain between the two left out
  bool silent = false;      ///< digital silence from end to end
  bool fade = false;        ///< at the beginning or the end, and not all at once
  std::uint32_t holes = 0;  ///< with the further ones, which are not described
  bool found() const noexcept { return length_s > 0; }
};

/// The worst hole of each copy.
struct LevelDifference {
  Dropout in_a, in_b;
};

/// Compares two level curves (AudioQuality::level_curve), `offset_s` being where b's audio starts in a's time.
///
/// Constant gain does not count. The threshold follows from how far the two curves lie apart elsewhere, so that copies by
/// good encoders are held to less than compressed and equalised ones. What the better copy has not much louder than
/// its own noise is no hole in the other. Nothing is found where a curve is empty or the overlap is under 5 s. Pure.
LevelDifference compare_levels(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                               double offset_s);

/// A hole that is damage, not taste: a second and more, deep, and not faded.
bool is_damage(const Dropout& dropout) noexcept;

/// "drops to -60 dB for 20 s at 1:12", "is silent for 0.5 s at 0:31 and at 3 other places", "is 15 dB quieter for 20 s
/// at 2:03"
std::string dropout_text(const Dropout& dropout);

/// Why levels speak against moving the loser unasked, as clauses about it; empty where they don't. A loser that only
/// fades in or out where the keeper goes on is no reason: nothing is lost with it. A keeper that is 24 dB and more quieter as
/// a whole is: four bits of its samples are empty, whatever its format.
/// @param offset_s  where the loser's audio starts in the keeper's time
std::vector<std::string> level_doubts(const TrackRecord& keeper, const TrackRecord& loser, double offset_s);

}  // namespace echofold
