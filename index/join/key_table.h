// Who has which key, for a whole library at once and in memory: what joining all tracks with all looks up.
//
// The problem. Every track of a library files some hundred items, each under a key (index/candidates/keys.h). A join
// needs, for each filed item, the postings (track, position) of earlier tracks under the same key. 500,000 tracks of
// 924 items file 110 million items. A sorted array or a hash map of keys could hold them, and would be asked 110
// million times. Each question would wait for memory twice: for the place of the list, and for the list.
//
// Example. Of tests/index/data three tracks, under JoinSettings::library_keys: the first 800 items of `original` (track
// 0), `original_cut_200ms` (1), which is the same music from .2 s on, and `other` (2), another song. They file 200, 186
// and 169 items; the table has 1,024 slots, and the slot of a key is the top 10 bits of mix(key).
//
//     track 0, item 8: 8C6DF977, key 8C6CE967, slot 453
//     track 1, item 7: the same item, key and slot         list of slot 453: (0, 8), (1, 7)
//
// The table is built in three passes:
//  1. Extract, in the order of tracks: postings (453, 0, 8) and (453, 1, 7) among 555.
//  2. Count and place: slot 453 gets two places in the lists. 242 of the 555 postings are alone in their slot. They
//     all share one place, since nobody walks them.
//  3. Fill: the postings go to their places. Each is overwritten where it lies by an entry: where its list begins,
//     how many postings of earlier tracks the list has, and its own position. Item 8 of track 0 becomes (list 453, 0
//     earlier, 8): nothing to walk. Item 7 of track 1 becomes (list 453, 1 earlier, 7).
// A Reader that comes to track 1 finds its entries in the order of its items: item 7 has a list of one, (0, 8). That is
// a vote for offset 8 - 7 = 1. Track 1 reads 121 earlier postings in all; 77 of them vote for offset 2 or a neighbour.
//
// The choice.
//  - No key is stored or compared. Two keys may share a slot: in the example 38 of the 121 postings that track 1 reads
//    are of another key, and all 56 that track 2 reads. Such votes have no offset in common: those of track 2 give no
//    offset and its neighbours more than 2. There are about as many slots as postings or more, up to 2^28, so a list
//    has less than one posting of another key in the mean.
//  - Nothing is looked up. The entry already says where the list is. Entries lie as they were dealt out, so a Reader
//    that goes through the tracks in the same order reads them as streams, one a bucket.
//  - Nothing is sorted. Postings are dealt out to buckets of 2^15 neighbouring slots, at most 2^13 buckets. A bucket's
//    counters are 256 kB, which a core's cache holds. All passes keep the order of tracks, so each list has it, too.
//
// Memory: 8 bytes for the entry of a filed item and 2 for its bucket; 4 for the track and 3 for the position where it
// shares its list. Positions lie apart from tracks, since they are read for few.
//
// Cost: a posting is read once to be dealt out, twice to be counted and placed, once by its Reader. All of that is in
// streams. Only lists are reached at random, and all lists of a track are asked for before the first is read.
//
// What grows: slots and buckets with the postings, so that lists grow by tracks that do share their key alone. Beyond
// 2^28 postings they grow by chance, too. What no longer fits a processor's cache is read more slowly:
// docs/BENCH_NOTES.md, "What grows". The other ways that were tried are there, too.
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

/// A list of postings for each slot. Immutable once it is made; its Readers may run in parallel, one a chunk.
/// In memory: 10 bytes a filed item, and 7 more for one that shares its list.
class KeyTable {
 public:
  static constexpr std::uint32_t readable_beyond =
      16;  ///< numbers behind the last of a list that may be read

  /// The postings of earlier tracks under the key of one item, in order of (track, position).
  struct List {
    const std::uint32_t* tracks = nullptr;  ///< numbers in the order given to the table
    const std::uint8_t* positions = nullptr;
    std::uint32_t size = 0;  ///< exact below 192; of more, up to a sixteenth at the end is left out, and all
                             ///< beyond 2,976

    /// In the track.
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

  /// Tracks are read in chunks, each of them in order: chunk c has those from c * chunk_tracks() on.
  std::size_t chunk_count() const noexcept { return chunks_.size(); }
  std::size_t chunk_tracks() const noexcept { return chunk_tracks_; }

 private:
  /// The filed items of a range of tracks.
  struct Chunk {
    std::span<std::uint64_t> entries;   ///< parted by bucket, in order of the items in each
    std::vector<std::uint32_t> starts;  ///< in them: one a bucket, and the end
    std::span<std::uint16_t> buckets;   ///< of each item, in order
    std::vector<std::uint32_t> counts;  ///< items of each track
  };
  class Builder;

  KeySettings keys_;
  std::size_t chunk_tracks_ = 1;
  HugeArena memory_;  ///< of the chunks
  std::vector<Chunk> chunks_;
  HugeArray<std::uint32_t> tracks_;    ///< of all lists
  HugeArray<std::uint8_t> positions_;  ///< 3 bytes each
};

/// Goes through the tracks of one chunk. One a thread.
class KeyTable::Reader {
 public:
  Reader(const KeyTable& table, std::size_t chunk);

  /// The items of the next track of the chunk that earlier tracks have, too: their lists are on their way from memory.
  /// Replaces `entries`.
  /// @return  how many items of the track are filed
  std::size_t next(std::vector<Entry>& entries);

 private:
  const KeyTable& table_;
  const Chunk& chunk_;
  std::size_t track_ = 0;               ///< in the chunk
  const std::uint16_t* bucket_;         ///< of its first item
  std::vector<std::uint32_t> cursors_;  ///< one a bucket
};

}  // namespace echofold
