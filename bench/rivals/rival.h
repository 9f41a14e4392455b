// What all rivals share: the same fingerprints, the same pairs, the same lines.
//
//   PROGRAM DB [PAIRS]
//
// DB is a library that `echofold scan` made. PAIRS is a file of lines with two track ids; every pair in it
// gets a line. Without it all pairs of the library are compared, and those that match get a line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/library.h"

namespace echofold::bench {

/// What a rival says of one pair.
struct Score {
  double score = 0;           ///< 0 .. 1, higher is more alike
  bool found = false;         ///< at the rival's own threshold
  std::string_view relation;  ///< of the rivals that judge; static storage
  std::string_view band;
};

/// Compares two tracks of the library, named by their places in it. Called from many threads at once.
using Compare = std::function<Score(std::size_t a, std::size_t b)>;
/// Gets the tracks ready, once. They outlive what it returns.
using Prepare = std::function<Compare(std::span<const Track>)>;

/// The main function of a rival that looks at one pair after the other.
/// @return  the exit code
int run_pairwise(int argc, char** argv, std::string_view name, const Prepare& prepare) noexcept;

/// For rivals that search on their own: one line a pair, and the last line of all.
void print_score(const Track& a, const Track& b, const Score& score);
/// @param pairs     that were compared, one by one or through an index
/// @param searched  the rival looked through the whole library, and printed only what it found
void print_summary(std::string_view name, std::size_t pairs, double cpu_s, bool searched);

/// CPU seconds of all threads of this process so far.
double cpu_seconds() noexcept;

}  // namespace echofold::bench
