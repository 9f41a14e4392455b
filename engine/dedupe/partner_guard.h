// The guard of partner files: lyrics, karaoke graphics or a cue sheet that the keeper does not have.
#pragma once

#include "engine/dedupe/plan.h"
#include "engine/partner/partners.h"

namespace echofold {

/// A loser is not moved unasked if it has a partner file that belongs to no other music there, and the keeper has
/// nothing of that kind, neither beside it nor in it. Its action becomes `review`, and `why` names the partner file.
/// A loser that the user chose in a review goes in any case. Reads folders and cue sheets.
void ask_about_partners(Plan& plan);

/// A hybrid WavPack file is lossless if its correction file lies beside it. A scan of the file alone can't show that.
void note_correction(TrackRecord& track, Partners& partners);

}  // namespace echofold
