// Who has which key, for a whole library at once and in memory: what joining all tracks with all looks up.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "index/candidate_index.h"
#include "index/huge_array.h"
#include "index/keys.h"
#include "index/progress.h"

namespace echofold {

/// A list of postings for each slot; a key's slot is the top of mix(key). Two keys may share a slot: a vote more by
/// chance, which alignment does not mind. In return no key is stored or compared, and a look-up is one step.
/// In memory: 7 bytes a posting and about 4 bytes for every second one; while building, up to 0.5 GB more.
class KeyTable {
 public:
  /// Postings in order of (track, position).
  struct List {
    const std::uint32_t* tracks = nullptr;  ///< numbers in the order given to the table
    const std::uint8_t* positions = nullptr;
    std::uint32_t size = 0;

    /// In the track.
    std::uint32_t position(std::uint32_t i) const noexcept {
      const std::uint8_t* at = positions + std::size_t{3} * i;
      return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16;
    }
  };

  static constexpr std::uint64_t postings_per_part = std::uint64_t{1} << 26;  ///< 0.5 GB while it is built

  /// @param tracks  fewer than 2^26; their ids do not matter
  /// @param per_part  about so many postings are built at a time
  /// @throws Error  Fault::unsupported for more tracks, Fault::interrupted when `stop` is requested
  KeyTable(std::span<const IndexedTrack> tracks, const KeySettings& keys, const Progress& progress = {},
           const std::stop_token& stop = {}, std::uint64_t per_part = postings_per_part);

  const KeySettings& keys() const noexcept { return keys_; }
  std::size_t posting_count() const noexcept;

  /// A number to look the key up by.
  std::uint32_t slot_of(Key key) const noexcept { return mix(key) >> (32 - slot_bits_); }
  /// Asks for the memory that list() reads first. Two at a distance: the second needs the first's result.
  void prefetch(std::uint32_t slot) const noexcept { __builtin_prefetch(start_of(slot)); }
  List list(std::uint32_t slot) const noexcept {
    const Part& part = parts_[slot >> part_slot_bits_];
    const std::uint32_t* start = start_of(slot);
    return {part.tracks.data() + start[0], part.positions.data() + std::size_t{3} * start[0],
            start[1] - start[0]};
  }

 private:
  /// The lists of an equal share of all slots. Built one after the other, so that what building needs on top is
  /// bounded.
  struct Part {
    HugeArray<std::uint32_t> starts;  ///< of each list, and the end
    HugeArray<std::uint32_t> tracks;
    HugeArray<std::uint8_t> positions;  ///< 3 bytes each
  };
  class Builder;

  const std::uint32_t* start_of(std::uint32_t slot) const noexcept {
    const std::uint32_t inside = slot & ((1u << part_slot_bits_) - 1);
    return parts_[slot >> part_slot_bits_].starts.data() + inside;
  }

  KeySettings keys_;
  int slot_bits_ = 0, part_slot_bits_ = 0;
  std::vector<Part> parts_;
};

}  // namespace echofold
