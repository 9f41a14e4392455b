// What the candidate stage of a scanned library offers: bench_candidates DB, NDJSON to stdout.
//
// The pairs that the first probe offers; those that only the second or third probe found (the pipeline stores, and
// this prints, only the verified ones); and those that share one fingerprint.
#include <cstdio>
#include <iostream>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "bench/library.h"
#include "engine/dedupe/classes.h"
#include "engine/dedupe/index_file.h"
#include "engine/dedupe/match.h"
#include "index/join/join.h"

namespace echofold::bench {
namespace {

/// Prints pairs of classes as pairs of their tracks, the lower path first.
class CandidatePrinter {
 public:
  CandidatePrinter(const Library& library, const TrackClasses& classes) : classes_(classes) {
    for (const Track& track : library.tracks) tracks_.emplace(track.id, &track);
  }

  void print(TrackId a, TrackId b, std::uint32_t votes, std::string_view probe) const {
    for (const TrackId x : members(a))
      for (const TrackId y : members(b)) print_one(x, y, votes, probe);
  }

  void print_identical() const {
    for (std::size_t number = 0; number < classes_.size(); ++number) {
      const auto of_class = classes_.members(number);
      for (std::size_t i = 0; i < of_class.size(); ++i)
        for (std::size_t k = i + 1; k < of_class.size(); ++k)
          print_one(of_class[i], of_class[k], 0, "identical");
    }
  }

 private:
  /// Empty for a track that is gone: the index file may be older than the library.
  std::span<const TrackId> members(TrackId representative) const {
    const auto number = classes_.class_of(representative);
    return number ? classes_.members(*number) : std::span<const TrackId>{};
  }

  void print_one(TrackId a, TrackId b, std::uint32_t votes, std::string_view probe) const {
    const auto of_a = tracks_.find(a), of_b = tracks_.find(b);
    if (of_a == tracks_.end() || of_b == tracks_.end())
      return;  // set aside or missing: it takes part in pairing, but is never shown
    const Track *x = of_a->second, *y = of_b->second;
    if (y->path < x->path) std::swap(x, y);
    print_candidate(*x, *y, votes, probe);
  }

  const TrackClasses& classes_;
  std::unordered_map<TrackId, const Track*> tracks_;
};

int print_candidates(const Library& library) {
  const MatchSettings settings;
  const TrackClasses classes = TrackClasses::load(library.snapshot);
  const std::vector<TrackId> ids = library.snapshot.representatives();
  const CandidateIndex index = open_whole_index(library.store, library.snapshot, ids, settings.keys);
  const std::vector<IndexedTrack> probes = with_items(library.snapshot, ids);
  const ItemsOf items_of = [&](TrackId id) { return library.snapshot.items(id); };

  const CandidatePrinter printer(library, classes);
  std::set<std::pair<TrackId, TrackId>> offered;
  for (const Candidate& candidate : find_candidates(index, probes, items_of, settings.join)) {
    offered.emplace(candidate.a, candidate.b);
    printer.print(candidate.a, candidate.b, candidate.votes, "first");
  }
  for (const MatchedPair& pair : join(index, probes, items_of, settings.join))
    if (!offered.contains({pair.a, pair.b})) printer.print(pair.a, pair.b, 0, "later");
  printer.print_identical();
  return 0;
}

int run(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_candidates DB\n", stderr);
    return 2;
  }
  const Library library = open_library(argv[1]);
  print_build();
  for (const Track& track : library.tracks) print_track(track);
  print_candidates(library);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
