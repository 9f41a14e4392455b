// One way to find the filed items near a given one: FAISS's indexes as they come, and ours.
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

/// A filed item that was found, and for which of the items asked for.
struct Hit {
  std::size_t query = 0;
  TrackId track = 0;
  std::uint32_t position = 0;
};

/// An opened index. Searches on one thread.
class Searcher {
 public:
  virtual ~Searcher() = default;
  /// Appends the hits for each of `items`, at most `most_flips` bits away, among what this index looks at.
  virtual void search(std::span<const Item> items, std::vector<Hit>& hits) const = 0;
};

/// Bits by which a hit may differ: all that items with the same key of 26 bits can.
inline constexpr int most_flips = 6;

/// The index of a kind: how it is built and written to files, and how it is opened again.
struct SearcherKind {
  std::string_view name;
  /// Writes files into `dir`, which is there. Uses all cores where the index does.
  void (*build)(std::span<const IndexedTrack> tracks, const std::filesystem::path& dir);
  std::unique_ptr<Searcher> (*open)(const std::filesystem::path& dir);
};

/// "hash", "multihash", "ivf", "ivf_lists", "echofold" (README.md says what each is).
std::span<const SearcherKind> searcher_kinds() noexcept;

}  // namespace echofold::bench
