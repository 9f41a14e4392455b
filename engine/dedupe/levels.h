// Levels as evidence: where one of two copies drops while the other goes on.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// A hole in one copy: a part that is clearly quieter than the same part of another copy.
struct Dropout {
  double from_s = 0;        ///< in the track's own time
  double length_s = 0;      ///< 0: there is none
  double level_db = 0;      ///< of the part, below full scale
  double depth_db = 0;      ///< how far it lies below the other copy, apart from the gain between the two
  bool silent = false;      ///< digital silence from end to end
  bool fade = false;        ///< at the beginning or the end, and not all at once
  std::uint32_t holes = 0;  ///< how many there are; only the worst is described
  bool found() const noexcept { return length_s > 0; }
};

/// The worst hole of each copy.
struct LevelDifference {
  Dropout in_a, in_b;
};

/// Compares two level curves (AudioQuality::level_curve). b's audio starts at `offset_s` in a's time.
///
/// Constant gain does not count. The threshold follows from how far the two curves lie apart elsewhere: it is lower for
/// copies by good encoders than for compressed and equalised ones. A part that is hardly louder than the noise of the
/// better copy is not a hole in the other. Nothing is found if a curve is empty or the overlap is under 5 s. Pure.
LevelDifference compare_levels(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                               double offset_s);

/// True for a hole that is damage, not a choice of sound: a second or longer, deep, and not faded.
bool is_damage(const Dropout& dropout) noexcept;

/// "drops to -60 dB for 20 s at 1:12", "is silent for 0.5 s at 0:31 and at 3 other places", "is 15 dB quieter for 20 s
/// at 2:03"
std::string dropout_text(const Dropout& dropout);

/// Why levels speak against moving the loser unasked, as clauses about the loser; empty if they don't. A loser that
/// only fades in or out where the keeper goes on is no reason: nothing is lost with it. A keeper that is 24 dB or
/// more quieter as a whole is one: four bits of its samples are empty, whatever its format.
/// @param offset_s  where the loser's audio starts in the keeper's time
std::vector<std::string> level_doubts(const TrackRecord& keeper, const TrackRecord& loser, double offset_s);

/// The hole of which level_doubts() says something and that covers this moment, give or take a second; one of length 0 if
/// there is none.
/// @param keeper_s  in the keeper's time
Dropout hole_at(const TrackRecord& keeper, const TrackRecord& loser, double offset_s, double keeper_s);

}  // namespace echofold
