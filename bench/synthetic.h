// Reads what `synth make --format words` wrote: fingerprints, and the pairs that must be found.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "index/candidates/candidate_index.h"

namespace echofold::bench {

using Ids = std::pair<TrackId, TrackId>;  ///< the lower first

/// A library of fingerprints in memory. Track ids start at 1, in the order of the file.
struct SyntheticTracks {
  std::vector<Item> words;           ///< the file: for each track a count, then that many items
  std::vector<IndexedTrack> tracks;  ///< point into `words`
};

/// @throws Error  Fault::io; Fault::damaged if a count exceeds the file
SyntheticTracks read_fingerprints(const std::string& file);

/// truth.csv: the planted pairs of each kind ("codec", "shifted", "harsh", "edit", "clone").
/// @throws Error  Fault::io
std::map<std::string, std::set<Ids>> read_truth(const std::string& file);

/// The share of the planted pairs of each kind that are in `found`.
std::map<std::string, double> recall_of(const std::map<std::string, std::set<Ids>>& planted,
                                        const std::set<Ids>& found);
/// How many of `found` were planted.
std::size_t planted_among(const std::map<std::string, std::set<Ids>>& planted, const std::set<Ids>& found);

}  // namespace echofold::bench
