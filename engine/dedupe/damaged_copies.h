// A file that ends early beside its whole copy, or that is silent for a while in the middle: no edit, but a damaged copy of the
// same recording.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "index/model/evidence.h"
#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

enum class Damaged : std::uint8_t { a, b };

/// Which of two compared tracks is a damaged copy of the other one, which is whole.
///
/// It carries the sign "truncated", and the other one does not; all that it has matches the other one from its start on, with no
/// window that is anything else; what it lacks is at the end, and is what its own header says, to 2 % and 3 s, where the
/// header says anything. A file that lacks its start is never one: no header tells.
/// @param evidence  of (a, b)
std::optional<Damaged> damaged_copy(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                    const Thresholds& thresholds) noexcept;

/// Which of two compared tracks has a hole of silence, and is the other one everywhere else, from end to end.
///
/// The level curves show a hole that is damage in one of them and none in the other; every window that does not match is one
/// in which one side is silent, at the hole.
/// @param evidence  of (a, b)
std::optional<Damaged> copy_with_hole(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                      const Thresholds& thresholds);

/// A pair of either kind is the same recording, for the user to decide, with the guard "damaged copy" or "hole". Any other
/// judgement stays.
Judgement with_damaged_copy(const Judgement& judgement, const Evidence& evidence, const TrackRecord& a,
                            const TrackRecord& b, const Thresholds& thresholds);

/// "lacks the last 75.9 s, the other copy is whole"
std::string damaged_copy_text(const TrackRecord& damaged, const TrackRecord& whole);

}  // namespace echofold
