// Built by parting, not by comparing: postings are extracted in the order of tracks, dealt out to buckets of
// neighbouring slots, and counted into their lists bucket by bucket, in cache. Every step keeps the order.
#include "index/key_table.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <bit>

#include "index/error.h"
#include "index/ticker.h"

namespace echofold {
namespace {

constexpr int track_bits = 26;
constexpr int most_slot_bits_of_bucket = 14;  // what is left of 64 bits; 2^14 counters are 64 kB
constexpr std::size_t tracks_per_chunk = 2048;

/// Slot inside of the bucket, track, position.
constexpr std::uint64_t pack(std::uint32_t slot, std::size_t track, std::uint32_t position) noexcept {
  return (std::uint64_t{slot} << track_bits | track) << position_bits | position;
}

}  // namespace

class KeyTable::Builder {
 public:
  Builder(KeyTable& table, std::span<const IndexedTrack> tracks)
      : table_(table),
        tracks_(tracks),
        bucket_slot_bits_(std::min(table.part_slot_bits_, most_slot_bits_of_bucket)),
        buckets_(std::size_t{1} << (table.part_slot_bits_ - bucket_slot_bits_)) {}

  Part build(std::uint32_t number, Ticker& ticker, const std::stop_token& stop) {
    chunks_.assign((tracks_.size() + tracks_per_chunk - 1) / tracks_per_chunk, {});
    tbb::parallel_for(std::size_t{0}, chunks_.size(), [&](std::size_t i) {
      if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
      chunks_[i] = extract(number, i * tracks_per_chunk);
      ticker.add(1);
    });
    std::vector<std::uint32_t> first(buckets_ + 1, 0);
    for (const Chunk& chunk : chunks_)
      for (std::size_t b = 0; b < buckets_; ++b) first[b + 1] += chunk.starts[b + 1] - chunk.starts[b];
    for (std::size_t b = 0; b < buckets_; ++b) first[b + 1] += first[b];
    Part part{HugeArray<std::uint32_t>((std::size_t{1} << table_.part_slot_bits_) + 1),
              HugeArray<std::uint32_t>(first.back()), HugeArray<std::uint8_t>(std::size_t{3} * first.back())};
    tbb::parallel_for(std::size_t{0}, buckets_, [&](std::size_t b) { fill(part, b, first[b]); });
    part.starts[part.starts.size() - 1] = first.back();
    chunks_.clear();
    return part;
  }

 private:
  /// The postings of a range of tracks, parted by bucket.
  struct Chunk {
    std::vector<std::uint64_t> postings;
    std::vector<std::uint32_t> starts;  ///< one a bucket, and the end
  };

  Chunk extract(std::uint32_t part, std::size_t first_track) const {
    struct Found {
      std::uint32_t slot;
      std::uint32_t position;
      std::size_t track;
    };
    std::vector<Found> found;
    std::vector<FiledItem> filed;
    Chunk chunk;
    chunk.starts.assign(buckets_ + 1, 0);
    for (std::size_t t = first_track; t < std::min(tracks_.size(), first_track + tracks_per_chunk); ++t) {
      filed_items(tracks_[t].items, table_.keys_, filed);
      for (const FiledItem& item : filed) {
        const std::uint32_t slot = table_.slot_of(item.key);
        if (slot >> table_.part_slot_bits_ != part) continue;
        const std::uint32_t inside = slot & ((1u << table_.part_slot_bits_) - 1);
        found.push_back({inside, item.position, t});
        ++chunk.starts[(inside >> bucket_slot_bits_) + 1];
      }
    }
    for (std::size_t b = 0; b < buckets_; ++b) chunk.starts[b + 1] += chunk.starts[b];
    std::vector<std::uint32_t> next(chunk.starts.begin(), chunk.starts.end() - 1);
    chunk.postings.resize(found.size());
    const std::uint32_t mask = (1u << bucket_slot_bits_) - 1;
    for (const Found& f : found)
      chunk.postings[next[f.slot >> bucket_slot_bits_]++] = pack(f.slot & mask, f.track, f.position);
    return chunk;
  }

  template <class Visit>
  void for_each_posting(std::size_t bucket, Visit visit) const {
    for (const Chunk& chunk : chunks_)
      for (std::uint32_t i = chunk.starts[bucket]; i < chunk.starts[bucket + 1]; ++i)
        visit(chunk.postings[i]);
  }

  /// @param first  of the bucket's postings in the part
  void fill(Part& part, std::size_t bucket, std::uint32_t first) const {
    constexpr int slot_shift = track_bits + position_bits;
    const std::size_t slots = std::size_t{1} << bucket_slot_bits_;
    std::vector<std::uint32_t> next(slots + 1, 0);
    for_each_posting(bucket, [&](std::uint64_t posting) { ++next[(posting >> slot_shift) + 1]; });
    next[0] = first;
    for (std::size_t slot = 0; slot < slots; ++slot) next[slot + 1] += next[slot];
    std::copy_n(next.begin(), slots, part.starts.data() + bucket * slots);
    for_each_posting(bucket, [&](std::uint64_t posting) {
      const std::uint32_t at = next[posting >> slot_shift]++;
      part.tracks[at] = static_cast<std::uint32_t>(posting >> position_bits & ((1u << track_bits) - 1));
      std::uint8_t* position = &part.positions[std::size_t{3} * at];
      for (int byte = 0; byte < 3; ++byte) position[byte] = static_cast<std::uint8_t>(posting >> 8 * byte);
    });
  }

  KeyTable& table_;
  std::span<const IndexedTrack> tracks_;
  int bucket_slot_bits_;
  std::size_t buckets_;
  std::vector<Chunk> chunks_;
};

KeyTable::KeyTable(std::span<const IndexedTrack> tracks, const KeySettings& keys, const Progress& progress,
                   const std::stop_token& stop, std::uint64_t per_part)
    : keys_(keys) {
  if (tracks.size() >> track_bits != 0)
    throw Error(Fault::unsupported, "a library of more than 67 million different tracks");
  std::uint64_t items = 0;
  for (const IndexedTrack& track : tracks) items += track.items.size();
  const std::uint64_t postings = items / std::max(keys.sampling, 1u);
  slot_bits_ = std::clamp(static_cast<int>(std::bit_width(postings / 2)), 8, 30);
  const int part_bits = std::clamp(static_cast<int>(std::bit_width(postings / per_part)), 0, 4);
  part_slot_bits_ = slot_bits_ - part_bits;
  Builder builder(*this, tracks);
  const std::size_t parts = std::size_t{1} << part_bits;
  const std::size_t chunks = (tracks.size() + tracks_per_chunk - 1) / tracks_per_chunk;
  Ticker ticker(progress, "keys", parts * chunks);
  for (std::size_t part = 0; part < parts; ++part)
    parts_.push_back(builder.build(static_cast<std::uint32_t>(part), ticker, stop));
}

std::size_t KeyTable::posting_count() const noexcept {
  std::size_t count = 0;
  for (const Part& part : parts_) count += part.tracks.size();
  return count;
}

}  // namespace echofold
