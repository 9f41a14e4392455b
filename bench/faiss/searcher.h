// Ways to find the filed items close to a given one: FAISS's standard indexes, and ours.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/candidates/candidate_index.h"

namespace echofold::bench {

/// A filed item that was found, and which of the requested items it belongs to.
struct Hit {
  std::size_t query = 0;
  TrackId track = 0;
  std::uint32_t position = 0;
};

/// An opened index. Searches on one thread.
class Searcher {
 public:
  virtual ~Searcher() = default;
  /// Appends the hits for each of `items`, at most `most_flips` bits away, among the items that this index examines.
  virtual void search(std::span<const Item> items, std::vector<Hit>& hits) const = 0;
};

/// The most bits by which a hit may differ: as many as items with the same 26-bit key can.
inline constexpr int most_flips = 6;

/// A kind of index: how it is built and written to files, and how it is opened again.
struct SearcherKind {
  std::string_view name;
  /// Writes files into `dir`, which must exist. Uses all cores if the index does.
  void (*build)(std::span<const IndexedTrack> tracks, const std::filesystem::path& dir);
  std::unique_ptr<Searcher> (*open)(const std::filesystem::path& dir);
};

/// "hash", "multihash", "ivf", "ivf_lists", "echofold" (README.md explains each).
std::span<const SearcherKind> searcher_kinds() noexcept;

}  // namespace echofold::bench
