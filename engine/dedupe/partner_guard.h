// Music whose loss would take something along that the copy that stays has not: lyrics, karaoke graphics, a cue sheet.
#pragma once

#include "engine/dedupe/plan.h"
#include "engine/partner/partners.h"

namespace echofold {

/// Copies that have something beside them that belongs to no other music there, and of which the keeper has nothing of the
/// kind, neither beside it nor in it, are not moved unasked: their action becomes `review`, and `why` names it. What the user
/// chose in a review goes all the same. Reads folders and cue sheets.
void ask_about_partners(Plan& plan);

/// A hybrid WavPack file is lossless where its correction file lies beside it, which a scan of the file alone can't tell.
void note_correction(TrackRecord& track, Partners& partners);

}  // namespace echofold
