// Which album of a recording a file belongs to.
#pragma once

#include <optional>

#include "engine/online/acoustid_answer.h"
#include "index/model/record.h"

namespace echofold {

/// A track of a release (one edition of an album). It points into an answer and is valid as long as that.
struct ReleasePlace {
  const ReleaseGroup* group = nullptr;
  const Release* release = nullptr;
  const Medium* medium = nullptr;
  const ReleaseTrack* track = nullptr;
};

/// The album that `present` names: the edition whose track, disc and year agree best, then the earliest. If `present`
/// names none: the earliest plain album, else EP, single, anything else, and last compilations, live albums and the
/// like. AcoustID does not say which releases are official.
/// @param replace  also chooses so if `present` names an album that is not among them
/// @return nothing if there is no album, or (without `replace`) none that `present` names
std::optional<ReleasePlace> choose_album(const Recording& recording, const Tags& present, bool replace);

}  // namespace echofold
