// Builds or searches one index of the comparison, in a process of its own, so that its memory can be measured.
//
//   bench_faiss_indexes build|search KIND DIR FINGERPRINTS.bin TRUTH.csv [PROBES]
//
// One line of JSON to stdout. README.md explains the fields.
#include <omp.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "bench/faiss/searcher.h"
#include "bench/library.h"
#include "bench/process_use.h"
#include "bench/synthetic.h"
#include "index/base/json.h"

namespace echofold::bench {
namespace {

namespace fs = std::filesystem;

// copies of each kind that are looked up, unless PROBES is given
constexpr std::size_t probes_per_kind = 1000;
constexpr std::uint32_t least_votes = 4;  // as JoinSettings::min_votes

double seconds_of(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double files_mb(const fs::path& dir) {
  double bytes = 0;
  for (const auto& entry : fs::directory_iterator(dir)) bytes += static_cast<double>(entry.file_size());
  return bytes / 1e6;
}

Json build(const SearcherKind& kind, const fs::path& dir, const SyntheticTracks& library) {
  fs::create_directories(dir);
  const double before = memory_mb("VmRSS");
  Json line;
  line["build_s"] = seconds_of([&] { kind.build(library.tracks, dir); });
  line["build_peak_mb"] = memory_mb("VmHWM") - before;
  line["files_mb"] = files_mb(dir);
  return line;
}

/// Tracks whose aligned hits have enough votes for a candidate.
std::vector<TrackId> candidates_of(const std::vector<FiledItem>& filed, const std::vector<Hit>& hits) {
  std::vector<std::pair<TrackId, std::int64_t>> votes;
  for (const Hit& hit : hits)
    votes.emplace_back(hit.track, std::int64_t{hit.position} - filed[hit.query].position);
  std::sort(votes.begin(), votes.end());
  std::vector<TrackId> tracks;
  for (std::size_t first = 0, last = 0; first < votes.size(); ++first) {
    while (last < votes.size() && votes[last].first == votes[first].first &&
           votes[last].second <= votes[first].second + 1)
      ++last;
    if (last - first >= least_votes && (tracks.empty() || tracks.back() != votes[first].first))
      tracks.push_back(votes[first].first);
  }
  return tracks;
}

/// A selection of the planted copies of each kind.
std::map<std::string, std::set<Ids>> chosen_pairs(const std::string& truth, std::size_t of_each_kind) {
  auto planted = read_truth(truth);
  for (auto& [kind, pairs] : planted)
    while (pairs.size() > of_each_kind) pairs.erase(std::prev(pairs.end()));
  return planted;
}

Json search(const SearcherKind& kind, const fs::path& dir, const SyntheticTracks& library,
            const std::map<std::string, std::set<Ids>>& planted) {
  std::set<TrackId> probes;
  for (const auto& [name, pairs] : planted)
    for (const Ids& pair : pairs) probes.insert(pair.second);

  const double before = memory_mb("VmRSS");
  std::unique_ptr<Searcher> searcher;
  Json line;
  line["open_ms"] = 1e3 * seconds_of([&] { searcher = kind.open(dir); });
  std::set<Ids> found;
  std::vector<Hit> hits;
  std::vector<Item> items;
  std::size_t looked_up = 0, hit_count = 0;
  double seconds = 0;
  for (const TrackId probe : probes) {
    const std::vector<FiledItem> filed = filed_items(library.tracks[probe - 1].items, KeySettings{});
    items.clear();
    for (const FiledItem& item : filed) items.push_back(item.item);
    hits.clear();
    seconds += seconds_of([&] { searcher->search(items, hits); });
    looked_up += items.size();
    hit_count += hits.size();
    for (const TrackId other : candidates_of(filed, hits)) found.emplace(std::minmax(probe, other));
  }
  line["memory_mb"] = memory_mb("VmRSS") - before;
  line["items_per_s"] = static_cast<double>(looked_up) / seconds;
  line["tracks_per_s"] = static_cast<double>(probes.size()) / seconds;
  line["hits_per_item"] = static_cast<double>(hit_count) / static_cast<double>(looked_up);
  line["recall"] = recall_of(planted, found);
  return line;
}

int run(int argc, char** argv) {
  const std::string verb = argc == 6 || argc == 7 ? argv[1] : "";
  const auto kinds = searcher_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const SearcherKind& k) { return argc > 2 && k.name == argv[2]; });
  if ((verb != "build" && verb != "search") || kind == kinds.end()) {
    std::fputs("usage: bench_faiss_indexes build|search KIND DIR FINGERPRINTS.bin TRUTH.csv [PROBES]\nKIND:",
               stderr);
    for (const SearcherKind& k : kinds) std::fprintf(stderr, " %s", std::string(k.name).c_str());
    std::fputc('\n', stderr);
    return 2;
  }
  const SyntheticTracks library = read_fingerprints(argv[4]);
  Json line;
  line["schema"] = "echofold.bench.index/1";
  line["index"] = kind->name;
  line["tracks"] = library.tracks.size();
  if (verb == "build") {
    line.update(build(*kind, argv[3], library));
  } else {
    omp_set_num_threads(1);  // all are timed on one core
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    const std::size_t probes = argc == 7 ? std::stoul(argv[6]) : probes_per_kind;
    line.update(search(*kind, argv[3], library, chosen_pairs(argv[5], probes)));
  }
  std::cout << to_line(line) << std::endl;
  return 0;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
