// Why a pair must not be acted on unasked although the ranking decided it.
#pragma once

#include <string>
#include <vector>

#include "engine/dedupe/rank.h"

namespace echofold {

/// Reasons to ask before `loser` goes for `keeper`, each a clause that says what speaks against it; empty when nothing does.
/// The loser is the one that the ranking put behind; where the user chose against the ranking nobody asks again.
///
/// - The loser holds what the keeper lacks (contents.h).
/// - A copy may come from the very file that it beats, damage and all. So a reason is doubtful when damage, or an end
///   that is missing, speaks against the copy of the better format, when a lossy file beats a lossless one, and always
///   when clipping decides. It is also when a suspected transcode beats a lossy file that ends sharply above its cut-off.
/// - The rule that decided went by what was not measured: bits that nobody counted (floating point, DSD), a sample rate
///   without a spectrum, channels that nobody listened to.
/// - One of two lossless files has a higher sample rate without sound in it: the other may be its source.
/// - A measurement contradicts it: the loser's sound reaches clearly higher (missing_band.h) than the keeper's bit rate
///   explains, or uses more bits, or only the keeper's channels cancel in mono.
std::vector<std::string> doubts_about(const Ranked& keeper, const Ranked& loser, const RankReason& reason,
                                      const RankSettings& settings);

}  // namespace echofold
