// Chromaprint's matcher on each pair: a match is one stretch of 10 s at fewer than 10 differing bits an item.
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
