// Votes of new tracks against a library for lines: pairs of tracks of which one plays faster than the other.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/candidates/line_finder.h"

namespace echofold {

/// Bits of items that change least with the speed (docs/THRESHOLDS.md, "Other speeds").
enum class SpeedKeys : std::uint8_t {
  of_14_bits,  ///< the shorter the keys, the more is found, and the more is looked at
  of_16_bits,
  of_20_bits
};

struct SpeedVoteLimits {
  SpeedKeys keys = SpeedKeys::of_20_bits;
  std::uint32_t min_votes = 5;  ///< along one line
  std::uint32_t lines = 4;      ///< of one pair
  std::uint32_t most = 16;      ///< tracks of one probe: those with the most votes, then the lowest ids
};

struct LineTrack {
  TrackId track = 0;
  std::vector<VotedLine> lines;  ///< best first, at least one
};

/// For each of `probes`, in their order, the tracks of `library` that share a line with it, in order of id. "There" is
/// the track of the library. A probe never finds itself, and of two probes the one with the higher id finds the other.
///
/// A pair whose best line surely has the speed 1 is left out: the votes for offsets find it.
///
/// Speeds from .92 to 1.08, in steps of a quarter of a percent. The telling items of the first two minutes count, under
/// a key that each track has at most 32 times there. The cost grows with probes times library: per pair of tracks some
/// 12 ns with keys of 20 bits, .6 us with 16 bits, 2.5 us with 14 bits.
/// Parallel; the result does not depend on the number of threads.
/// @throws Error  Fault::interrupted when `stop` is requested
std::vector<std::vector<LineTrack>> speed_votes(std::span<const IndexedTrack> probes,
                                                std::span<const IndexedTrack> library,
                                                const SpeedVoteLimits& limits, const Progress& progress = {},
                                                const std::stop_token& stop = {});

/// The same for one probe and one track at a time, without parallel loops. Keeps its memory between calls. Not
/// thread-safe: each thread needs its own.
class PairLines {
 public:
  explicit PairLines(const SpeedVoteLimits& limits);
  PairLines(PairLines&&) noexcept;
  ~PairLines();

  void set_probe(Items probe);
  /// The lines that the probe shares with a track ("there"), best first.
  std::vector<VotedLine> find(Items there);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
