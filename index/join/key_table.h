// The key table: which tracks of a whole library have which key, in memory. A join of all tracks with all uses it.
//
// The problem. Every track of a library files some hundred items, each under a key (index/candidates/keys.h). A join
// needs, for each filed item, the postings (track, position) of earlier tracks under the same key. 500,000 tracks of
// 924 items file 110 million items. A sorted array or a hash map of keys could hold them, and would be searched 110
// million times. Each search would wait for memory twice: for the place of the list, and for the list.
//
// Example. Three tracks of tests/index/data, under JoinSettings::library_keys: the first 800 items of `original` (track
// 0), `original_cut_200ms` (1), which is the same music from .2 s on, and `other` (2), another song. They file 200, 186
// and 169 items; the table has 1,024 slots, and the slot of a key is the top 10 bits of mix(key).
//
//     track 0, item 8: 8C6DF977, key 8C6CE967, slot 453
//     track 1, item 7: the same item, key and slot         list of slot 453: (0, 8), (1, 7)
//
// The table is built in three passes:
//  1. Extract, in the order of tracks: postings (453, 0, 8) and (453, 1, 7) among 555.
//  2. Count and place: slot 453 gets two places in the lists. 242 of the 555 postings are alone in their slot. They
//     all share one place, since these lists are never walked.
//  3. Fill: the postings are copied to their places. Each posting is then overwritten by an entry: where its list
//     begins, how many postings of earlier tracks the list has, and its own position. Item 8 of track 0 becomes (list
//     453, 0 earlier, 8): nothing to walk. Item 7 of track 1 becomes (list 453, 1 earlier, 7).
// A Reader that comes to track 1 finds its entries in the order of its items: item 7 has a list of one, (0, 8). That is
// a vote for offset 8 - 7 = 1. Track 1 reads 121 earlier postings in all; 77 of them vote for offset 2 or a neighbour.
//
// The choice.
//  - No key is stored or compared. Two keys may share a slot: in the example 38 of the 121 postings that track 1 reads
//    are of another key, and so are all 56 that track 2 reads. Such votes have no offset in common: those of track 2
//    give no offset and its neighbours more than 2. There are about as many slots as postings or more, up to 2^28, so a
//    list has, on average, less than one posting of another key.
//  - Nothing is looked up. The entry already says where the list is. Entries are in the order of tracks in each bucket,
//    so a Reader that goes through the tracks in this order reads them as streams, one per bucket.
//  - Nothing is sorted. Postings are distributed to buckets of 2^15 neighbouring slots, at most 2^13 buckets. A
//    bucket's counters are 256 kB, which fit a core's cache. All passes preserve the order of tracks, also in lists.
//
// Memory: 8 bytes for the entry of a filed item and 2 for its bucket; 4 for the track and 3 for the position of an item
// that shares its list. Positions are stored apart from tracks, since few of them are read.
//
// Cost: a posting is read once to be distributed, twice to be counted and placed, once by its Reader. All of these
// reads are streams. Only lists are read at random, and all lists of a track are prefetched before the first is read.
//
// What grows: slots and buckets grow with the postings, so lists only grow by tracks that do share their key. Beyond
// 2^28 postings they also grow by chance. What no longer fits a processor's cache is read more slowly:
// docs/BENCH_NOTES.md, "What grows", which also has the other ways that were tried.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/candidate_index.h"
#include "index/candidates/keys.h"
#include "index/join/huge_arena.h"
#include "index/join/huge_array.h"
#include "index/join/join_cost.h"

namespace echofold {

/// A list of postings for each slot. Immutable once it is made; its Readers may run in parallel, one per chunk.
/// Needs 10 bytes per filed item, and 7 more for one that shares its list.
class KeyTable {
 public:
  static constexpr std::uint32_t readable_beyond =
      16;  ///< so many numbers after the end of List::tracks may be read

  /// The postings of earlier tracks under the key of one item, in order of (track, position).
  struct List {
    const std::uint32_t* tracks = nullptr;  ///< numbers in the order given to the table
    const std::uint8_t* positions = nullptr;
    std::uint32_t size = 0;  ///< exact below 192; a longer list lacks up to a sixteenth at its end, and all
                             ///< beyond 2,976

    /// The position of posting `i` in its track.
    std::uint32_t position(std::uint32_t i) const noexcept {
      const std::uint8_t* at = positions + std::size_t{3} * i;
      return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16;
    }
  };
  /// One item of a track.
  struct Entry {
    List list;
    std::uint32_t position = 0;  ///< of the item in its track
  };
  class Reader;

  /// @param tracks  fewer than 2^26, with fewer than 2^32 filed items in all; their ids do not matter
  /// @throws Error  Fault::unsupported for more, Fault::interrupted when `stop` is requested
  KeyTable(std::span<const IndexedTrack> tracks, const KeySettings& keys, CostOfTask::Sum& cost,
           const Progress& progress = {}, const std::stop_token& stop = {});

  /// Tracks are read in chunks, in order inside each: chunk c begins with track c * chunk_tracks().
  std::size_t chunk_count() const noexcept { return chunks_.size(); }
  std::size_t chunk_tracks() const noexcept { return chunk_tracks_; }

 private:
  /// The filed items of a range of tracks.
  struct Chunk {
    std::span<std::uint64_t> entries;   ///< bucket after bucket, in the order of the items in each
    std::vector<std::uint32_t> starts;  ///< of the buckets in `entries`, and the end
    std::span<std::uint16_t> buckets;   ///< of each item, in order
    std::vector<std::uint32_t> counts;  ///< items of each track
  };
  class Builder;

  KeySettings keys_;
  std::size_t chunk_tracks_ = 1;
  HugeArena memory_;  ///< owns the arrays of the chunks
  std::vector<Chunk> chunks_;
  HugeArray<std::uint32_t> tracks_;    ///< of all lists
  HugeArray<std::uint8_t> positions_;  ///< of all lists, 3 bytes each
};

/// Reads the tracks of one chunk in order. Not thread-safe.
class KeyTable::Reader {
 public:
  Reader(const KeyTable& table, std::size_t chunk);

  /// Sets `entries` to the items of the next track whose keys earlier tracks have, too. Their lists are prefetched.
  /// @return  how many items of the track are filed
  std::size_t next(std::vector<Entry>& entries);

 private:
  const KeyTable& table_;
  const Chunk& chunk_;
  std::size_t track_ = 0;               ///< the next one, counted from the start of the chunk
  const std::uint16_t* bucket_;         ///< of its first item
  std::vector<std::uint32_t> cursors_;  ///< the next entry of each bucket
};

}  // namespace echofold
