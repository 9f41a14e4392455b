// Chromaprint's matcher for each pair: a match is a stretch of 10 s with fewer than 10 differing bits per item.
#include <algorithm>

#include "bench/rivals/histogram.h"
#include "bench/rivals/rival.h"

namespace echofold::bench {
namespace {

constexpr double least_stretch_s = 10;

Compare prepare(std::span<const Track> tracks) {
  return [tracks](std::size_t a, std::size_t b) {
    Score best;
    for (const MatchedStretch& stretch : match_by_histogram(tracks[a].items, tracks[b].items)) {
      if (items_to_seconds(static_cast<double>(stretch.count)) < least_stretch_s) continue;
      best.found = true;
      best.score = std::max(best.score, 1 - stretch.differing_bits / item_bits);
    }
    return best;
  };
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_pairwise(argc, argv, "histogram_match", echofold::bench::prepare);
}
