// Votes of a few tracks against all of a small library, by keys so short that even heavily changed copies share some.
#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/candidates/peaks.h"

namespace echofold {

struct ShortKeyLimits {
  std::uint32_t min_votes =
      4;                    ///< at offsets within one item; a tenth of different music has so many by chance
  std::uint32_t peaks = 8;  ///< offsets of one pair
  std::uint32_t most = 64;  ///< tracks of one probe: those with the most votes, then the lowest ids
};

/// For each of `probes`, in their order, the tracks of `library` that share votes with it, in order of id.
/// VotedTrack::track is an id; offsets are position there - position in the probe. A probe never finds itself, and of
/// two probes the one with the higher id finds the other.
///
/// Every telling item of both tracks counts, under a key of 16 bits that occurs in the probe at most 8 times. A pair of
/// tracks of 2,000 items shares some 70 keys by chance. So this costs about 2 us per pair, and the cost grows with
/// probes times library: it is for small libraries only.
/// Parallel; the result does not depend on the number of threads.
/// @throws Error  Fault::interrupted when `stop` is requested
std::vector<std::vector<VotedTrack>> short_key_votes(std::span<const IndexedTrack> probes,
                                                     std::span<const IndexedTrack> library,
                                                     const ShortKeyLimits& limits,
                                                     const Progress& progress = {},
                                                     const std::stop_token& stop = {});

}  // namespace echofold
