// What a plan says about a pair, in words for people who listen to music.
#pragma once

#include <string>
#include <string_view>

#include "index/model/record.h"
#include "index/pair/relation.h"

namespace echofold {

/// Why a pair goes to review: "one passage sounds different" for the guard "window" of judge(). A guard without words
/// of its own is returned as it is.
std::string_view guard_text(std::string_view guard) noexcept;

/// "plays 2.5 % faster". @param speed  how many times as fast as the other
std::string speed_text(double speed);

/// "same recording", "edit", ...
std::string_view relation_text(Relation relation) noexcept;

/// Why a related track is only listed. @param relation  not same_recording
std::string_view related_text(Relation relation, const TrackRecord& keep, const TrackRecord& other) noexcept;

/// A reason of PlanDrop::why without what is particular to the pair, so that reasons can be counted: "is silent" for
/// "lossy; to review: is silent at 0:05.4 for 0.3 s". What is to review comes before why the copy is worse.
std::string short_reason(std::string_view why);

}  // namespace echofold
