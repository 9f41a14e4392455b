// What titles, file names and albums say against the same recording.
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

/// Why titles speak against the same recording, seen from a: `titles differ: "live" only in this one`, `titles differ:
/// part 1 in this one, 2 in the other`; or nothing. File names and albums count, too: `"clean" only in this one (file
/// name)`. Only ever takes a pair from auto down to review.
std::optional<std::string> title_guard(const TrackRecord& a, const TrackRecord& b,
                                       const PairSides& names = {});

/// The guard of a judgement that title_guard took from auto to review.
inline constexpr std::string_view guard_of_titles = "title";

/// The judgement, taken from auto down to review with the guard "title" where title_guard speaks.
Judgement with_title_guard(const Judgement& judgement, const TrackRecord& a, const TrackRecord& b);

}  // namespace echofold
