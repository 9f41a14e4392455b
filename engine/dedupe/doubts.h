// Doubts: why the user is asked about a pair although the ranking decided it.
#pragma once

#include <string>
#include <vector>

#include "engine/dedupe/rank.h"

namespace echofold {

/// Reasons to ask before `loser` goes for `keeper`. Each is a clause that says what speaks against it; empty: nothing
/// does. The loser is the copy that ranks lower. If the user chose against the ranking, the user is not asked again.
///
/// - The loser holds what the keeper lacks (contents.h).
/// - A copy may have been made from the very file that it beats, with all its damage. So a ranking is doubtful if
///   damage or a missing end speaks against the copy of the better format, if a lossy file beats a lossless one, if a
///   suspected transcode beats a lossy file that ends sharply above its cut-off, and always if clipping decides.
/// - The rule that decided relied on what was not measured: bits that were not counted (floating point, DSD), a sample
///   rate without a spectrum, channels whose sound was not measured.
/// - One of two lossless files has a higher sample rate without sound in it: the other one may be its source.
/// - A measurement contradicts the ranking: the loser's sound reaches clearly higher (missing_band.h) than the keeper's
///   bit rate explains, or uses more bits, or only the keeper's channels cancel in mono.
std::vector<std::string> doubts_about(const Ranked& keeper, const Ranked& loser, const RankReason& reason,
                                      const RankSettings& settings);

}  // namespace echofold
