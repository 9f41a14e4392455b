// What all rivals share: the same fingerprints, pairs and output lines.
//
//   PROGRAM DB [PAIRS]
//
// DB is a library made by `echofold scan`. PAIRS is a file with two track ids per line; every pair in it gets a line.
// Without it, all pairs of the library are compared, and matches get a line.
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

/// A rival's result for one pair.
struct Score {
  double score = 0;           ///< 0 .. 1, higher is more similar
  bool found = false;         ///< by the rival's own threshold
  std::string_view relation;  ///< for rivals that judge; static storage
  std::string_view band;
};

/// Compares two tracks, given by their indices in the library. Called from many threads at once.
using Compare = std::function<Score(std::size_t a, std::size_t b)>;
/// Prepares the tracks once. They outlive the returned function.
using Prepare = std::function<Compare(std::span<const Track>)>;

/// The main function of a rival that compares one pair after the other.
/// @return  the exit code
int run_pairwise(int argc, char** argv, std::string_view name, const Prepare& prepare) noexcept;

/// For rivals with their own search: prints one line per pair; print_summary() prints the last line.
void print_score(const Track& a, const Track& b, const Score& score);
/// @param pairs     how many were compared, one by one or through an index
/// @param searched  the rival searched the whole library, and printed only what it found
void print_summary(std::string_view name, std::size_t pairs, double cpu_s, bool searched);

/// CPU seconds of all threads of this process so far.
double cpu_seconds() noexcept;

}  // namespace echofold::bench
