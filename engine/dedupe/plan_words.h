// What a plan says of a pair, in the words of somebody who listens to music.
#pragma once

#include <string_view>

#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

/// Why a pair is left to the user: "one passage sounds different" for the guard "window" of judge(). A guard that has no
/// words comes as it is.
std::string_view guard_text(std::string_view guard) noexcept;

/// "same recording", "edit", ...
std::string_view relation_text(Relation relation) noexcept;

/// Why a related track is only listed. @param relation  not same_recording
std::string_view related_text(Relation relation, const TrackRecord& keep, const TrackRecord& other) noexcept;

}  // namespace echofold
