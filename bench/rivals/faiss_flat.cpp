// FAISS's exact search: compares 32 items of each track with every item of the library, then votes for the offset.
//
// A match is 4 hits at offsets within one item of each other, each at most 2 bits apart. `faiss_flat DB` prints the
// matches. It compares no pairs, so it does not use a file of pairs.
#include <faiss/IndexBinaryFlat.h>
#include <faiss/impl/AuxIndexStructures.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>

#include "bench/rivals/rival.h"
#include "index/candidates/keys.h"

namespace echofold::bench {
namespace {

constexpr std::size_t queries_per_track = 32;
constexpr std::uint32_t least_votes = 4;
constexpr int most_flips = 2;

/// All items except silence and those that repeat the previous item.
struct Catalogue {
  explicit Catalogue(std::span<const Track> tracks) : index(item_bits) {
    for (std::size_t t = 0; t < tracks.size(); ++t) {
      begins.push_back(places.size());
      for (const FiledItem& item : telling_items(tracks[t].items, ~Item{0})) {
        places.push_back({t, item.position});
        items.push_back(item.item);
      }
    }
    begins.push_back(places.size());
    index.add(static_cast<faiss::IndexBinary::idx_t>(items.size()), bytes(items));
  }

  static const std::uint8_t* bytes(const std::vector<Item>& items) {
    return reinterpret_cast<const std::uint8_t*>(items.data());
  }

  struct Place {
    std::size_t track;
    std::uint32_t position;
  };
  faiss::IndexBinaryFlat index;
  std::vector<Place> places;
  std::vector<Item> items;
  std::vector<std::size_t> begins;  ///< where each track begins, in places, and the end of the last one
};

/// Places in the catalogue, evenly spread over the track.
std::vector<std::size_t> queries_of(const Catalogue& catalogue, std::size_t track) {
  const std::size_t begin = catalogue.begins[track], count = catalogue.begins[track + 1] - begin;
  const std::size_t wanted = std::min(count, queries_per_track);
  std::vector<std::size_t> queries(wanted);
  for (std::size_t i = 0; i < wanted; ++i) queries[i] = begin + i * count / wanted;
  return queries;
}

using Offsets = std::map<std::int64_t, std::uint32_t>;  // votes by offset

/// The votes of one track for each other one.
std::map<std::size_t, Offsets> votes_of(const Catalogue& catalogue, std::size_t track) {
  const std::vector<std::size_t> queries = queries_of(catalogue, track);
  std::vector<Item> items;
  items.reserve(queries.size());
  for (const std::size_t query : queries) items.push_back(catalogue.items[query]);
  const auto count = static_cast<faiss::IndexBinary::idx_t>(items.size());
  faiss::RangeSearchResult hits(items.size());
  // FAISS returns hits closer than the radius.
  if (count > 0) catalogue.index.range_search(count, Catalogue::bytes(items), most_flips + 1, &hits);

  std::map<std::size_t, Offsets> votes;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const std::int64_t position = catalogue.places[queries[q]].position;
    for (std::size_t h = hits.lims[q]; h < hits.lims[q + 1]; ++h) {
      const Catalogue::Place& there = catalogue.places[static_cast<std::size_t>(hits.labels[h])];
      if (there.track != track) ++votes[there.track][std::int64_t{there.position} - position];
    }
  }
  return votes;
}

std::uint32_t best_votes(const Offsets& offsets) {
  const auto at = [&](std::int64_t offset) {
    const auto found = offsets.find(offset);
    return found == offsets.end() ? 0 : found->second;
  };
  std::uint32_t best = 0;
  for (const auto& [offset, votes] : offsets) best = std::max(best, at(offset - 1) + votes + at(offset + 1));
  return best;
}

using PairVotes = std::map<std::pair<std::size_t, std::size_t>, std::uint32_t>;

/// For each pair, the better result of its two tracks.
PairVotes search(std::span<const Track> tracks) {
  const Catalogue catalogue(tracks);
  PairVotes pairs;
  for (std::size_t track = 0; track < tracks.size(); ++track) {
    for (const auto& [other, offsets] : votes_of(catalogue, track)) {
      std::uint32_t& votes = pairs[std::minmax(track, other)];
      votes = std::max(votes, best_votes(offsets));
    }
  }
  return pairs;
}

int run(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: rival_faiss_flat DB [PAIRS]\n", stderr);
    return 2;
  }
  const Library library = open_library(argv[1]);
  const std::vector<Track>& tracks = library.tracks;
  const double start = cpu_seconds();
  for (const auto& [pair, votes] : search(tracks)) {
    if (votes < least_votes) continue;
    const double share = std::min(1.0, static_cast<double>(votes) / queries_per_track);
    print_score(tracks[pair.first], tracks[pair.second],
                {.score = share, .found = true, .relation = {}, .band = {}});
  }
  const std::size_t all = tracks.empty() ? 0 : tracks.size() * (tracks.size() - 1) / 2;
  print_summary("faiss_flat", all, cpu_seconds() - start, true);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
