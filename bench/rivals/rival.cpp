// See rival.h.
#include "bench/rivals/rival.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <unordered_map>

#include "index/base/error.h"
#include "index/base/json.h"
#include "index/base/rounding.h"

namespace echofold::bench {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;  // indices into Library::tracks, the lower first
constexpr std::size_t pairs_at_a_time = 1 << 16;

std::vector<Pair> read_pairs(const std::filesystem::path& file, std::span<const Track> tracks) {
  std::unordered_map<TrackId, std::size_t> places;
  for (std::size_t i = 0; i < tracks.size(); ++i) places.emplace(tracks[i].id, i);
  std::ifstream in(file);
  if (!in) throw Error(Fault::missing, file.string() + ": cannot be read");
  std::vector<Pair> pairs;
  for (TrackId a = 0, b = 0; in >> a >> b;) {
    if (!places.contains(a) || !places.contains(b))
      throw Error(Fault::usage,
                  file.string() + ": no such tracks: " + std::to_string(a) + " " + std::to_string(b));
    pairs.push_back(std::minmax(places.at(a), places.at(b)));
  }
  if (!in.eof()) throw Error(Fault::usage, file.string() + ": not two numbers a line");
  return pairs;
}

/// Compares in blocks, each in parallel, and prints the results in order.
class PairRun {
 public:
  PairRun(std::span<const Track> tracks, const Compare& compare, bool print_all)
      : tracks_(tracks), compare_(compare), print_all_(print_all) {}

  void add(Pair pair) {
    waiting_.push_back(pair);
    if (waiting_.size() == pairs_at_a_time) flush();
  }

  void flush() {
    std::vector<Score> scores(waiting_.size());
    tbb::parallel_for(std::size_t{0}, waiting_.size(),
                      [&](std::size_t i) { scores[i] = compare_(waiting_[i].first, waiting_[i].second); });
    for (std::size_t i = 0; i < scores.size(); ++i)
      if (print_all_ || scores[i].found)
        print_score(tracks_[waiting_[i].first], tracks_[waiting_[i].second], scores[i]);
    compared_ += waiting_.size();
    waiting_.clear();
  }

  std::size_t compared() const noexcept { return compared_; }

 private:
  std::span<const Track> tracks_;
  const Compare& compare_;
  bool print_all_;
  std::vector<Pair> waiting_;
  std::size_t compared_ = 0;
};

int run(int argc, char** argv, std::string_view name, const Prepare& prepare) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: %s DB [PAIRS]\n", argc > 0 ? argv[0] : "rival");
    return 2;
  }
  const Library library = open_library(argv[1]);
  const double start = cpu_seconds();
  const Compare compare = prepare(library.tracks);
  PairRun pairs(library.tracks, compare, argc == 3);
  if (argc == 3) {
    for (const Pair& pair : read_pairs(argv[2], library.tracks)) pairs.add(pair);
  } else {
    for (std::size_t a = 0; a < library.tracks.size(); ++a)
      for (std::size_t b = a + 1; b < library.tracks.size(); ++b) pairs.add({a, b});
  }
  pairs.flush();
  print_summary(name, pairs.compared(), cpu_seconds() - start, argc == 2);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace

int run_pairwise(int argc, char** argv, std::string_view name, const Prepare& prepare) noexcept {
  return run_main([&] { return run(argc, argv, name, prepare); });
}

void print_score(const Track& a, const Track& b, const Score& score) {
  Json line;
  line["schema"] = "echofold.bench.score/1";
  put_path(line, "a", a.path);
  put_path(line, "b", b.path);
  line["score"] = rounded(score.score, 6);
  line["found"] = score.found;
  if (!score.relation.empty()) line["relation"] = score.relation;
  if (!score.band.empty()) line["band"] = score.band;
  std::cout << to_line(line) << '\n';
}

void print_summary(std::string_view name, std::size_t pairs, double cpu_s, bool searched) {
  Json line;
  line["schema"] = "echofold.bench.rival/1";
  line["rival"] = name;
  line["pairs"] = pairs;
  line["cpu_s"] = rounded(cpu_s, 4);
  line["searched"] = searched;
  std::cout << to_line(line) << '\n';
}

double cpu_seconds() noexcept {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace echofold::bench
