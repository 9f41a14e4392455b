// How long joining a whole library takes, and what it finds: bench_library_join FINGERPRINTS.bin TRUTH.csv.
//
// Takes the fingerprints and the truth of `synth make --format words`; further arguments (README.md) try other
// settings. One line of JSON to stdout.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <set>
#include <string>

#include "bench/library.h"
#include "bench/process_use.h"
#include "bench/synthetic.h"
#include "index/base/json.h"
#include "index/join/library_join.h"

namespace echofold::bench {
namespace {

class Watch {
 public:
  Json seconds() const {
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_;
    return Json{{"wall", wall.count()}, {"cpu", cpu_seconds() - cpu_}};
  }

 private:
  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
  double cpu_ = cpu_seconds();
};

Json stages_of(const JoinCost& cost) {
  return Json{{"extract", cost.extract_s},
              {"sort", cost.sort_s},
              {"probe", cost.probe_s},
              {"vote", cost.vote_s},
              {"verify", cost.verify_s}};
}

Json counts_of(const JoinCost& cost) {
  return Json{{"postings", cost.postings}, {"walks", cost.walks},
              {"visits", cost.visits},     {"candidates", cost.candidates},
              {"verified", cost.verified}, {"items_compared", cost.items_compared}};
}

/// A little less than the join itself uses, so that the peak memory is still that of the join.
constexpr std::size_t join_bytes_an_item = 3;

JoinSettings settings_of(int argc, char** argv) {
  JoinSettings settings;
  const auto set = [&](int at, std::uint32_t& value, int base) {
    if (argc > at) value = static_cast<std::uint32_t>(std::stoul(argv[at], nullptr, base));
  };
  set(3, settings.library_keys.mask, 16);
  set(4, settings.library_keys.sampling, 10);
  set(5, settings.library_max_visits, 10);
  set(6, settings.min_votes_alike, 10);
  return settings;
}

int run(int argc, char** argv) {
  if (argc < 3 || argc > 7) {
    std::fputs("usage: bench_library_join FINGERPRINTS.bin TRUTH.csv [MASK [SAMPLING [VISITS [VOTES]]]]\n",
               stderr);
    return 2;
  }
  const SyntheticTracks library = read_fingerprints(argv[1]);
  const JoinSettings settings = settings_of(argc, argv);
  touch_memory(library.words.size() * join_bytes_an_item);
  const Watch watch;
  JoinCost cost;
  const auto pairs = join_library(library.tracks, settings, {}, {}, &cost);
  Json line;
  line["tracks"] = library.tracks.size();
  line["seconds"] = watch.seconds();
  line["stages"] = stages_of(cost);
  line["counts"] = counts_of(cost);
  std::set<Ids> found;
  for (const MatchedPair& pair : pairs) {
    found.emplace(pair.a, pair.b);
    auto& count = line["relations"][std::string(name_of(judge(pair.evidence).relation))];
    count = count.is_null() ? 1 : count.get<int>() + 1;
  }
  const auto planted = read_truth(argv[2]);
  line["recall"] = recall_of(planted, found);
  line["pairs"] = found.size();
  line["others"] = found.size() - planted_among(planted, found);
  line["peak_mb"] = peak_mb();
  std::cout << to_line(line) << std::endl;
  return 0;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
