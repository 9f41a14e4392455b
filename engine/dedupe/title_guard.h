// The title guard: titles, file names and albums that speak against the same recording.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

/// What the two tracks of a pair are called in a sentence.
struct PairSides {
  std::string_view a = "this one", b = "the other";
};

/// Why titles speak against the same recording, seen from a: `titles differ: "live" only in this one`, `titles
/// differ: part 1 in this one, 2 in the other`. Nothing if they don't. File names and albums count, too: `"clean"
/// only in this one (file name)`. It can only take a pair from auto down to review.
std::optional<std::string> title_guard(const TrackRecord& a, const TrackRecord& b,
                                       const PairSides& names = {});

/// The name of this guard in a judgement.
inline constexpr std::string_view guard_of_titles = "title";

/// The judgement, taken from auto down to review with the guard "title" if title_guard finds a reason.
Judgement with_title_guard(const Judgement& judgement, const TrackRecord& a, const TrackRecord& b);

}  // namespace echofold
