// Makes sorted postings of tracks: extracts them in parallel, divides them into buckets by key, sorts bucket by bucket.
//
// A bucket holds a range of the order of the index, small enough to be sorted in cache, and the buckets follow each
// other in this order. So all postings are sorted without a second copy in memory: 12 bytes per posting.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/candidates/postings.h"

namespace echofold {

/// Sorted postings that own their memory.
struct PostingVectors {
  std::vector<Item> items;
  std::vector<std::int64_t> ids;
  PostingRun run() const noexcept { return {items.data(), ids.data(), items.size()}; }
};

class PostingBuckets {
 public:
  /// @param tracks       ids below 2^40, each once, in any order
  /// @param bucket_bits  0 .. 16: 2^bucket_bits buckets
  PostingBuckets(std::span<const IndexedTrack> tracks, const KeySettings& keys, int bucket_bits,
                 const Progress& progress = {});

  /// A good number of buckets for these tracks.
  static int suggested_bits(std::span<const IndexedTrack> tracks, const KeySettings& keys) noexcept;

  int bucket_bits() const noexcept { return bucket_bits_; }
  std::size_t bucket_count() const noexcept { return std::size_t{1} << bucket_bits_; }
  std::uint64_t total() const noexcept { return total_; }
  std::size_t size(std::size_t bucket) const noexcept;

  /// Replaces `out` by the postings of one bucket in the order of the index. Thread-safe.
  void sort_bucket(std::size_t bucket, PostingVectors& out) const;

 private:
  struct Packed {  ///< 12 bytes: the id is in halves, so that the alignment is 4
    Item item;
    std::uint32_t id_low, id_high;
  };
  /// The postings of a range of tracks, bucket after bucket, in order of (track, position) within each.
  struct Chunk {
    std::vector<Packed> postings;
    std::vector<std::uint32_t> starts;  ///< one per bucket, and the end
  };
  Chunk extract(std::span<const IndexedTrack> tracks) const;
  std::size_t bucket_of(Item item) const noexcept;

  KeySettings keys_;
  int bucket_bits_ = 0;
  std::uint64_t total_ = 0;
  std::vector<Chunk> chunks_;
};

}  // namespace echofold
