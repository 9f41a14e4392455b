// Properties of a library of fingerprints that matter for a join: how bits change, and how often different tracks
// collide.
#pragma once

#include <array>
#include <iosfwd>
#include <span>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold::synth {

struct Statistics {
  static constexpr std::array<int, 7> widths{16, 20, 22, 24, 26, 28, 32};

  std::size_t tracks = 0, items = 0;
  double silent = 0;                  ///< share of silent items
  double changed_bits = 0;            ///< from one item to the next, on average
  double repeated = 0;                ///< share of items equal to the one before
  double still = 0, restless = 0;     ///< share of steps that change at most 1, at least 12 bits
  double steadiest = 0, loosest = 0;  ///< share of steps in which a bit flips, for the two extreme bits
  /// changed bits per item of the track at the lowest and at the highest tenth
  double sparse_track = 0, busy_track = 0;
  /// Chance that two items of different tracks agree in their top bits, for each width; without silence
  std::array<double, widths.size()> top_bits{};
  /// The same for the 26 and 28 most stable bits, by which the index files them
  double stable_26 = 0, stable_28 = 0;
};

Statistics measure(const std::vector<std::vector<Item>>& tracks);

/// Leaves out every track that shares more than 20 different items, compared by their top 28 bits, with one that
/// stays: versions of one piece would outweigh chance.
std::vector<std::vector<Item>> without_related(const std::vector<std::vector<Item>>& tracks);

/// Prints both side by side, with the factor between them. Collisions are given as the postings that one item meets
/// in a library of 500,000 tracks of 924 items.
void print_beside(std::ostream& out, const Statistics& real, const Statistics& synthetic);

}  // namespace echofold::synth
