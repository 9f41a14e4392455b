// Finds pairs of which one track plays faster than the other, in a library of any size, by variants of the tracks.
//
// The problem. Two copies of which one plays 2 % faster share next to no keys. Shorter keys survive, but so many tracks
// share those by chance that each new track has to be compared with each track of the library (speed_probe.h): too much
// from some 50,000 tracks on.
//
// The choice. A track that was resampled to the speed of the other one is a copy like any other: it shares a quarter of
// its keys and more. The speed is not known, but .5 % between two variants leaves a difference of .25 % at most, and
// that is little. So the library stores the filed items of each track at each speed, and they are looked up in the index
// like the items of a new track. The variants of one of the two tracks are enough.
//
// A tempo that was changed with the pitch kept changes no item, only how far apart they are: over nine seconds, a copy
// that is 4 % faster stays within three offsets, and shares its keys there. So the track itself is looked up as well,
// and each track that agrees with it in three keys at some offset is looked at along lines of other speeds.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/join/join.h"
#include "index/model/speed_variants.h"

namespace echofold {

/// Gives the variants of a track, if it has any. Called from many threads at once.
using VariantsOf = std::function<std::optional<SpeedVariants>(TrackId)>;
/// Gives what is known of a pair, if anything. Called from many threads at once.
using KnownEvidence = std::function<std::optional<Evidence>(TrackId a, TrackId b)>;

/// Looks up the variants of each of `probes` in the index. Each pair of two probes is looked for once.
///
/// The corrected BER and the contrast of a pair that was found by a variant are those of the variant against the other
/// track: at the same speed, where they say more than along a line of another one.
/// @param known  pairs that are `auto` are left as they are, others are replaced if that explains more
/// @return       the pairs found, sorted by (a, b); the same for every number of threads
/// @throws Error Fault::interrupted when `stop` is requested
std::vector<MatchedPair> probe_variants(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                        const VariantsOf& variants_of, const ItemsOf& items_of,
                                        const KnownEvidence& known, const JoinSettings& settings,
                                        const Progress& progress = {}, const std::stop_token& stop = {});

}  // namespace echofold
