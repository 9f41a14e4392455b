// A simple all-pairs join, which join_library must beat in the same run.
//
//   rival_plain_join FINGERPRINTS.bin TRUTH.csv
//
// Files one item in 8 under its top 28 bits, sorts, looks up each track's items, and verifies each track that got 3
// aligned votes, at the offsets around the best one. No explicit SIMD, no phase, no evidence, no store; built for the
// local processor. One line of JSON to stdout.
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <mutex>

#include "bench/library.h"
#include "bench/process_use.h"
#include "bench/synthetic.h"
#include "index/base/json.h"

namespace echofold::bench {
namespace {

constexpr int key_bits = 28, directory_bits = 24, track_shift = 12;
constexpr std::uint32_t sampling = 8, min_votes = 3;
constexpr std::ptrdiff_t stop_list = 1000;  // longer lists are ignored
constexpr int least_overlap = 100;          // in items
constexpr double most_errors = 0.25;        // share of bits

/// Calls visit(key, position) for the filed items: no silence, no repetitions, one in `sampling`.
template <class Visit>
void for_filed_items(Items items, Visit visit) {
  std::uint32_t last = ~0u;
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    const std::uint32_t key = items[i] >> (32 - key_bits);
    if (items[i] == silence_item || key == last) continue;
    last = key;
    if (mix(key) % sampling == 0) visit(key, i);
  }
}

/// Compares a[i] with b[i + offset].
double bit_error_rate(Items a, Items b, int offset) {
  const int from = std::max(0, -offset);
  const int to = std::min(static_cast<int>(a.size()), static_cast<int>(b.size()) - offset);
  if (to - from < least_overlap) return 1;
  long bits = 0;
  for (int i = from; i < to; ++i)
    bits += std::popcount(a[static_cast<std::size_t>(i)] ^ b[static_cast<std::size_t>(i + offset)]);
  return static_cast<double>(bits) / item_bits / (to - from);
}

struct Votes {
  std::vector<std::uint8_t> counts;                    // by track
  std::vector<std::uint32_t> touched;                  // tracks with a count
  std::vector<std::pair<std::uint32_t, int>> offsets;  // (track, offset)
};

class PlainJoin {
 public:
  explicit PlainJoin(const std::vector<IndexedTrack>& tracks) : tracks_(tracks) {}

  void extract() {
    for (std::size_t t = 0; t < tracks_.size(); ++t)
      for_filed_items(tracks_[t].items, [&](std::uint32_t key, std::uint32_t position) {
        postings_.push_back(std::uint64_t{key} << 32 | t << track_shift | position);
      });
  }

  void sort() { tbb::parallel_sort(postings_.begin(), postings_.end()); }

  std::set<Ids> join() {
    directory_.assign((std::size_t{1} << directory_bits) + 1, 0);
    for (const std::uint64_t posting : postings_)
      ++directory_[(posting >> 32 >> (key_bits - directory_bits)) + 1];
    for (std::size_t i = 1; i < directory_.size(); ++i) directory_[i] += directory_[i - 1];
    tbb::enumerable_thread_specific<Votes> votes([&] {
      return Votes{std::vector<std::uint8_t>(tracks_.size()), {}, {}};
    });
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, tracks_.size(), 512), [&](const auto& range) {
      for (std::size_t t = range.begin(); t < range.end(); ++t) {
        count_votes(static_cast<std::uint32_t>(t), votes.local());
        verify(static_cast<std::uint32_t>(t), votes.local());
      }
    });
    return std::move(pairs_);
  }

 private:
  void count_votes(std::uint32_t self, Votes& votes) const {
    votes.offsets.clear();
    for_filed_items(tracks_[self].items, [&](std::uint32_t key, std::uint32_t position) {
      const std::uint32_t* bounds = &directory_[key >> (key_bits - directory_bits)];
      const auto first = postings_.begin() + bounds[0], last = postings_.begin() + bounds[1];
      const auto low = std::lower_bound(first, last, std::uint64_t{key} << 32);
      const auto high = std::lower_bound(low, last, std::uint64_t{key + 1} << 32);
      if (high - low > stop_list) return;
      for (auto posting = low; posting != high; ++posting) {
        const auto other = static_cast<std::uint32_t>(*posting) >> track_shift;
        if (other >= self) break;  // sorted by track: the others come later
        if (votes.counts[other]++ == 0) votes.touched.push_back(other);
        const auto there = static_cast<int>(*posting & ((1u << track_shift) - 1));
        votes.offsets.emplace_back(other, there - static_cast<int>(position));
      }
    });
    std::erase_if(votes.offsets, [&](const auto& vote) { return votes.counts[vote.first] < min_votes; });
    for (const std::uint32_t other : votes.touched) votes.counts[other] = 0;
    votes.touched.clear();
    std::sort(votes.offsets.begin(), votes.offsets.end());
  }

  void verify(std::uint32_t self, const Votes& votes) {
    const auto& offsets = votes.offsets;
    for (std::size_t first = 0, end = 0; first < offsets.size(); first = end) {
      const std::uint32_t other = offsets[first].first;
      std::uint32_t most = 0;
      int best = 0;
      for (end = first; end < offsets.size() && offsets[end].first == other; ++end) {
        std::uint32_t aligned = 0;
        for (std::size_t i = end;
             i < offsets.size() && offsets[i].first == other && offsets[i].second <= offsets[end].second + 1;
             ++i)
          ++aligned;
        if (aligned > most) {
          most = aligned;
          best = offsets[end].second;
        }
      }
      if (most < min_votes) continue;
      double errors = 1;
      for (int offset = best - 1; offset <= best + 2; ++offset)
        errors = std::min(errors, bit_error_rate(tracks_[self].items, tracks_[other].items, offset));
      if (errors >= most_errors) continue;
      const std::lock_guard lock(guard_);
      pairs_.emplace(tracks_[other].id, tracks_[self].id);
    }
  }

  const std::vector<IndexedTrack>& tracks_;
  std::vector<std::uint64_t> postings_;  // key << 32 | track << 12 | position
  std::vector<std::uint32_t> directory_;
  std::mutex guard_;
  std::set<Ids> pairs_;
};

int run(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: rival_plain_join FINGERPRINTS.bin TRUTH.csv\n", stderr);
    return 2;
  }
  const SyntheticTracks library = read_fingerprints(argv[1]);
  Json line;
  line["tracks"] = library.tracks.size();
  double total = 0;
  const auto timed = [&](const char* stage, const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    line["stages"][stage] = seconds.count();
    total += seconds.count();
  };
  touch_memory(library.words.size());  // about the size of its postings; bench_library_join does the same
  PlainJoin join(library.tracks);
  std::set<Ids> found;
  timed("extract", [&] { join.extract(); });
  timed("sort", [&] { join.sort(); });
  timed("join", [&] { found = join.join(); });
  line["seconds"]["wall"] = total;
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
