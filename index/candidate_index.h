// Postings on disk: FAISS inverted lists, built in bulk and opened by mapping. LSM-like: tracks newer than
// the file live in a small delta in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "index/fingerprint.h"
#include "index/keys.h"
#include "index/progress.h"

namespace echofold {

/// One item filed under a key.
struct Posting {
  Key key = 0;
  Item item = 0;
  TrackId track = 0;           ///< below 2^40
  std::uint32_t position = 0;  ///< below 2^24: 34 days of audio
};

struct IndexedTrack {
  TrackId id = 0;
  Items items;
};

/// What an index file was built from; it is never used for anything else.
struct IndexStamp {
  std::uint64_t library_hash = 0;  ///< of the library's id
  TrackId built_through = 0;       ///< every representative up to this id is inside
  KeySettings keys;
  bool operator==(const IndexStamp&) const = default;
};

class CandidateIndex {
 public:
  /// Writes a new index file beside `file` and renames it over it: readers and crashes see the old or the
  /// new one. Sorts in parallel; the bytes depend on the tracks and stamp alone.
  /// @throws Error Fault::io, Fault::full
  static void build(const std::filesystem::path& file, std::span<const IndexedTrack> tracks,
                    const IndexStamp& stamp, const Progress& progress = {});

  /// Maps the file. Nothing when it is not there, damaged, or of another library, format or key settings:
  /// then it has to be built again.
  static std::optional<CandidateIndex> open(const std::filesystem::path& file, std::uint64_t library_hash,
                                            const KeySettings& keys);

  /// An index of nothing, to which a delta can be added.
  static CandidateIndex empty(const IndexStamp& stamp);

  CandidateIndex(CandidateIndex&&) noexcept;
  CandidateIndex& operator=(CandidateIndex&&) noexcept;
  ~CandidateIndex();

  const IndexStamp& stamp() const noexcept;

  /// Files further tracks in memory (the delta). Not thread-safe; everything const is.
  void add(std::span<const IndexedTrack> tracks);

  std::size_t posting_count() const noexcept;  ///< with the delta

  /// How many postings stand under `key`, delta included.
  std::size_t list_size(Key key) const;
  /// Visits them in order of (track, position).
  void probe(Key key, const std::function<void(TrackId, std::uint32_t position)>& visit) const;

  /// Every posting whose whole item is within `radius` bits of `item` among the lists of the keys within
  /// `radius` flips of its key: what FAISS's range_search over the same vectors returns (a test proves it).
  std::vector<Posting> range_search(Item item, int radius) const;

 private:
  struct Impl;
  explicit CandidateIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
