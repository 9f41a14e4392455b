// Who has which key, for a whole library at once and in memory: what joining all tracks with all looks up.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "index/candidates/candidate_index.h"
#include "index/candidates/keys.h"
#include "index/join/huge_arena.h"
#include "index/join/huge_array.h"
#include "index/join/join_cost.h"
#include "index/progress.h"

namespace echofold {

/// A list of postings for each slot; a key's slot is the top of mix(key). Two keys may share a slot: a vote more by
/// chance, which alignment does not mind. In return no key is stored or compared.
///
/// Nothing is looked up, either. When the lists are made, each posting is overwritten with the place of its list and
/// the number of postings of earlier tracks in it. They still lie as they were dealt out, so a Reader that goes through
/// the tracks in the same order once more reads them as some thousand streams: a look-up would wait for memory.
/// In memory: 10 bytes a posting, and 7 more for one that shares its list.
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
