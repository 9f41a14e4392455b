// Tries every offset of every pair and judges them as the pipeline does: the truth that candidates are compared with.
#include "bench/rivals/rival.h"
#include "index/pair/align.h"
#include "index/pair/relation.h"

namespace echofold::bench {
namespace {

Compare prepare(std::span<const Track> tracks) {
  return [tracks](std::size_t a, std::size_t b) {
    const Evidence evidence = exhaustive_alignment(tracks[a].items, tracks[b].items);
    const Judgement judgement = judge(evidence);
    return Score{.score = evidence.similarity(),
                 .found = judgement.relation != Relation::unrelated,
                 .relation = name_of(judgement.relation),
                 .band = name_of(judgement.band)};
  };
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_pairwise(argc, argv, "exhaustive", echofold::bench::prepare);
}
