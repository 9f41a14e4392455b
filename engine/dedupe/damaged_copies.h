// A file that ends early, or is silent for a while in the middle, beside a whole copy: not an edit, but a damaged
// copy of the same recording.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "index/model/evidence.h"
#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

enum class Damaged : std::uint8_t { a, b };

/// Which of two compared tracks is a truncated copy of the other one, which is whole.
///
/// The truncated copy has the sign "truncated", and the other one does not. All of it matches the other one from its
/// start on, without any other window. Only its end is missing, by as much as its own header says, within 2 % and 3
/// s, if the header says anything. A file that lacks its start never counts: no header shows that.
/// @param evidence  of (a, b)
std::optional<Damaged> damaged_copy(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                    const Thresholds& thresholds) noexcept;

/// Which of two compared tracks has a hole of silence, and equals the other one everywhere else, from end to end.
///
/// The level curves show a hole that is damage in one of them and none in the other. In every window that does not
/// match one side is silent, at the hole.
/// @param evidence  of (a, b)
std::optional<Damaged> copy_with_hole(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                                      const Thresholds& thresholds);

/// A pair of either kind is the same recording and goes to review, with the guard "damaged copy" or "hole". Any other
/// judgement stays.
Judgement with_damaged_copy(const Judgement& judgement, const Evidence& evidence, const TrackRecord& a,
                            const TrackRecord& b, const Thresholds& thresholds);

/// "lacks the last 75.9 s, the other copy is whole"
std::string damaged_copy_text(const TrackRecord& damaged, const TrackRecord& whole);

}  // namespace echofold
