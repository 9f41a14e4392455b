// See library.h.
#include "bench/library.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <exception>
#include <iostream>

#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/simd/hamming.h"

namespace echofold::bench {

Library open_library(const std::filesystem::path& dir) {
  Store store = Store::open_to_read(dir);
  Snapshot snapshot = store.snapshot();
  Library library{std::move(store), std::move(snapshot), {}};
  library.snapshot.for_each_track([&](const TrackRecord& record) {
    const bool here = record.place == TrackPlace::present || record.place == TrackPlace::imported;
    if (here && record.status == TrackStatus::fingerprinted && record.item_count > 0)
      library.tracks.push_back({record.id, record.path, {}});
  });
  for (Track& track : library.tracks) track.items = library.snapshot.items(track.id);
  std::sort(library.tracks.begin(), library.tracks.end(),
            [](const Track& a, const Track& b) { return a.path < b.path; });
  return library;
}

double changed_bits_per_item(Items items) noexcept {
  if (items.size() < 2) return 0;
  std::uint64_t bits = 0;
  for (std::size_t i = 1; i < items.size(); ++i)
    bits += static_cast<std::uint64_t>(std::popcount(items[i] ^ items[i - 1]));
  return static_cast<double>(bits) / static_cast<double>(items.size() - 1);
}

void print_build() {
  Json line;
  line["schema"] = "echofold.bench.build/1";
#ifdef __clang__
  line["compiler"] = "clang " __clang_version__;
#else
  line["compiler"] = "g++ " __VERSION__;
#endif
  line["kernel"] = hamming_kernel().name;
  std::cout << to_line(line) << '\n';
}

void print_track(const Track& track) {
  Json line;
  line["schema"] = "echofold.bench.track/1";
  line["id"] = track.id;
  put_path(line, "path", track.path);
  line["items"] = track.items.size();
  line["changed_bits"] = rounded(changed_bits_per_item(track.items), 4);
  std::cout << to_line(line) << '\n';
}

void print_candidate(const Track& a, const Track& b, std::uint32_t votes, std::string_view probe) {
  Json line;
  line["schema"] = "echofold.bench.candidate/1";
  put_path(line, "a", a.path);
  put_path(line, "b", b.path);
  line["votes"] = votes;
  line["probe"] = probe;
  std::cout << to_line(line) << '\n';
}

int print_failure() noexcept {
  try {
    throw;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  } catch (...) {
    std::fputs("unknown failure\n", stderr);
  }
  return 1;
}

}  // namespace echofold::bench
