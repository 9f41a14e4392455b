// Builds the table without comparing keys: extracts postings in the order of tracks, distributes them to buckets of
// neighbouring slots, and counts them into their lists bucket by bucket, in cache. Every step preserves the order.
#include "index/join/key_table.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"

namespace echofold {
namespace {

constexpr int track_bits = 26;
constexpr int chunk_track_bits = 11;
constexpr int most_bucket_bits = 13;         // a chunk is distributed to 2^13 streams at most
constexpr int least_bucket_slot_bits = 8;    // smaller buckets are not worth it
constexpr int bucket_slot_bits_wanted = 15;  // two counters per slot: 256 kB, which fit a core's cache
constexpr int size_bits = 8;
constexpr std::size_t entries_of_a_line = 8;  // in a cache line

/// A size in 8 bits: exact up to 191, then 16 steps per octave, rounded down.
constexpr std::uint32_t exact_sizes = 192, octave_steps = 16, octaves = 4;
static_assert(exact_sizes + octaves * octave_steps == 1u << size_bits);

constexpr std::uint32_t size_code(std::uint32_t size) noexcept {
  if (size < exact_sizes) return size;
  const auto octave = static_cast<std::uint32_t>(std::bit_width(size / exact_sizes)) - 1;
  if (octave >= octaves) return (1u << size_bits) - 1;
  const std::uint32_t least = exact_sizes << octave;
  return exact_sizes + octave * octave_steps + (size - least) * octave_steps / least;
}
constexpr std::uint32_t size_of_code(std::uint32_t code) noexcept {
  if (code < exact_sizes) return code;
  const std::uint32_t octave = (code - exact_sizes) / octave_steps,
                      step = (code - exact_sizes) % octave_steps;
  return (exact_sizes / octave_steps << octave) * (octave_steps + step);
}

constexpr auto size_of_codes = [] {
  std::array<std::uint16_t, 1u << size_bits> sizes{};
  for (std::uint32_t code = 0; code < sizes.size(); ++code)
    sizes[code] = static_cast<std::uint16_t>(size_of_code(code));
  return sizes;
}();
static_assert(size_of_codes.back() == 2976 && size_code(2976) == 255 && size_code(191) == 191);

/// A posting while lists are made: its slot in the bucket, its track in the chunk, its position.
constexpr std::uint64_t pack(std::uint32_t slot, std::size_t track, std::uint32_t position) noexcept {
  return (std::uint64_t{slot} << chunk_track_bits | track) << position_bits | position;
}
constexpr std::uint32_t slot_in(std::uint64_t posting) noexcept {
  return static_cast<std::uint32_t>(posting >> (chunk_track_bits + position_bits));
}
constexpr std::uint32_t track_in(std::uint64_t posting) noexcept {
  return static_cast<std::uint32_t>(posting >> position_bits & ((1u << chunk_track_bits) - 1));
}

/// The entry that replaces it: where its list begins, how many postings of earlier tracks are in it, its position.
constexpr std::uint64_t pack_entry(std::uint32_t first, std::uint32_t size, std::uint32_t position) noexcept {
  return (std::uint64_t{first} << size_bits | size_code(size)) << position_bits | position;
}

/// The position in a posting or an entry: both have it in the same bits.
constexpr std::uint32_t position_in(std::uint64_t packed) noexcept {
  return static_cast<std::uint32_t>(packed & ((1u << position_bits) - 1));
}

void throw_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
}

}  // namespace

class KeyTable::Builder {
 public:
  /// @param postings  the approximate number of postings
  Builder(KeyTable& table, std::span<const IndexedTrack> tracks, std::uint64_t postings,
          CostOfTask::Sum& cost, const std::stop_token& stop)
      : table_(table), tracks_(tracks), cost_(cost), stop_(stop) {
    slot_bits_ = std::clamp(static_cast<int>(std::bit_width(postings)), least_bucket_slot_bits,
                            bucket_slot_bits_wanted + most_bucket_bits);
    bucket_slot_bits_ = std::min(slot_bits_, bucket_slot_bits_wanted);
    buckets_ = std::size_t{1} << (slot_bits_ - bucket_slot_bits_);
  }

  void extract_all(Ticker& ticker) {
    PerThread<Scratch> scratch;
    parallel_for(table_.chunks_.size(), [&](std::size_t c) {
      throw_if_asked(stop_);
      extract(c, scratch.local());
      ticker.add(1);
    });
  }

  void make_lists() {
    std::uint64_t most = 0;
    for (const Chunk& chunk : table_.chunks_) most += chunk.entries.size();
    most += buckets_ + 1;  // see place()
    if (most >> 32 != 0) throw Error(Fault::unsupported, "a library of more than 4 billion filed items");
    // A list of one posting takes no place, so this is more than is needed. Memory that is never touched costs nothing.
    table_.tracks_ = HugeArray<std::uint32_t>(most + readable_beyond);
    table_.positions_ = HugeArray<std::uint8_t>(std::size_t{3} * most);
    parallel_for_ranges(buckets_, 1, [&](std::size_t begin, std::size_t end) {
      throw_if_asked(stop_);
      CostOfTask cost(cost_);
      std::vector<List> lists(std::size_t{1} << bucket_slot_bits_);
      std::vector<Run> runs;
      for (std::size_t b = begin; b < end; ++b) {
        find_runs(b, runs);
        fill(runs, lists);
      }
      cost.end(&JoinCost::sort_s);
    });
  }

 private:
  struct Found {
    std::uint32_t slot;
    std::uint32_t position;
    std::uint32_t track;
  };
  struct Scratch {
    std::vector<Found> found;
    std::vector<FiledItem> filed;
    std::vector<std::uint32_t> next;
  };
  struct List {
    std::uint32_t first = 0;  ///< where the list begins; until place() knows it, the number of its postings
    std::uint32_t size = 0;   ///< postings so far
  };
  /// The postings of one chunk and bucket.
  struct Run {
    std::uint64_t *begin, *end;
    std::uint32_t first_track;
  };

  void extract(std::size_t number, Scratch& scratch) {
    CostOfTask cost(cost_);
    Chunk& chunk = table_.chunks_[number];
    scratch.found.clear();
    const std::size_t first = number * table_.chunk_tracks_;
    const std::size_t end = std::min(tracks_.size(), first + table_.chunk_tracks_);
    for (std::size_t t = first; t < end; ++t) {
      filed_items(tracks_[t].items, table_.keys_, scratch.filed);
      for (const FiledItem& item : scratch.filed)
        scratch.found.push_back(
            {mix(item.key) >> (32 - slot_bits_), item.position, static_cast<std::uint32_t>(t - first)});
      chunk.counts.push_back(static_cast<std::uint32_t>(scratch.filed.size()));
    }
    cost.postings += scratch.found.size();
    cost.end(&JoinCost::extract_s);
    deal_out(scratch, chunk);
    cost.end(&JoinCost::sort_s);
  }

  void deal_out(Scratch& scratch, Chunk& chunk) {
    const std::size_t count = scratch.found.size();
    chunk.buckets = table_.memory_.take<std::uint16_t>(count);
    chunk.starts.assign(buckets_ + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
      chunk.buckets[i] = static_cast<std::uint16_t>(scratch.found[i].slot >> bucket_slot_bits_);
      ++chunk.starts[chunk.buckets[i] + std::size_t{1}];
    }
    for (std::size_t b = 0; b < buckets_; ++b) chunk.starts[b + 1] += chunk.starts[b];
    scratch.next.assign(chunk.starts.begin(), chunk.starts.end() - 1);
    chunk.entries = table_.memory_.take<std::uint64_t>(count);
    const std::uint32_t mask = (1u << bucket_slot_bits_) - 1;
    for (std::size_t i = 0; i < count; ++i) {
      const Found& found = scratch.found[i];
      chunk.entries[scratch.next[chunk.buckets[i]]++] = pack(found.slot & mask, found.track, found.position);
    }
  }

  /// Finds the postings of a bucket in all chunks, and prefetches them.
  void find_runs(std::size_t bucket, std::vector<Run>& runs) {
    runs.clear();
    for (std::size_t c = 0; c < table_.chunks_.size(); ++c) {
      Chunk& chunk = table_.chunks_[c];
      std::uint64_t* const entries = chunk.entries.data();
      runs.push_back({entries + chunk.starts[bucket], entries + chunk.starts[bucket + 1],
                      static_cast<std::uint32_t>(c * table_.chunk_tracks_)});
      __builtin_prefetch(runs.back().begin);
    }
  }

  /// Gives the lists of a bucket their places. Where they are depends on which thread is first, and nothing else does.
  /// All lists of one posting share one place, since they are never walked.
  void place(std::vector<List>& lists) {
    std::uint32_t sum = 1;
    for (List& list : lists) {
      const std::uint32_t size = list.first;
      list.first = size == 1 ? 0 : sum;
      sum += size > 1 ? size : 0;
    }
    const std::uint32_t base = used_.fetch_add(sum);
    for (List& list : lists) list.first += base;
  }

  void fill(const std::vector<Run>& runs, std::vector<List>& lists) {
    std::fill(lists.begin(), lists.end(), List{});
    for (const Run& run : runs)
      for (const std::uint64_t* posting = run.begin; posting != run.end; ++posting)
        ++lists[slot_in(*posting)].first;
    place(lists);
    for (const Run& run : runs)
      for (std::uint64_t* posting = run.begin; posting != run.end; ++posting) {
        List& list = lists[slot_in(*posting)];
        const std::uint32_t position = position_in(*posting);
        const std::uint32_t earlier = append(list, run.first_track + track_in(*posting), position);
        *posting = pack_entry(list.first, earlier, position);
      }
  }

  /// @return  how many postings of earlier tracks the list has
  std::uint32_t append(List& list, std::uint32_t track, std::uint32_t position) {
    const std::uint32_t at = list.first + list.size++;
    std::uint32_t* const tracks = table_.tracks_.data();
    std::atomic_ref(tracks[at]).store(track, std::memory_order_relaxed);
    std::uint8_t* const positions = table_.positions_.data() + std::size_t{3} * at;
    for (int byte = 0; byte < 3; ++byte) positions[byte] = static_cast<std::uint8_t>(position >> 8 * byte);
    std::uint32_t earlier = at;
    // Skips the track's own postings, which are few: one test that is nearly never true, instead of two that often are.
    // Before the first posting is the end of another thread's list. What is read there does not count, but both threads
    // must use atomic access, since they share it.
    const std::uint32_t before = std::atomic_ref(tracks[at - 1]).load(std::memory_order_relaxed);
    if (static_cast<unsigned>(at > list.first) & static_cast<unsigned>(before == track)) [[unlikely]]
      while (earlier > list.first && tracks[earlier - 1] == track) --earlier;
    return earlier - list.first;
  }

  KeyTable& table_;
  std::span<const IndexedTrack> tracks_;
  CostOfTask::Sum& cost_;
  const std::stop_token& stop_;
  int slot_bits_ = 0, bucket_slot_bits_ = 0;
  std::size_t buckets_ = 0;
  std::atomic<std::uint32_t> used_ =
      1;  ///< places in the lists; from 1, so that each place has one before it
};

KeyTable::KeyTable(std::span<const IndexedTrack> tracks, const KeySettings& keys, CostOfTask::Sum& cost,
                   const Progress& progress, const std::stop_token& stop)
    : keys_(keys) {
  if (tracks.size() >> track_bits != 0)
    throw Error(Fault::unsupported, "a library of more than 67 million different tracks");
  std::uint64_t items = 0;
  for (const IndexedTrack& track : tracks) items += track.items.size();
  chunk_tracks_ = std::clamp<std::size_t>(tracks.size() / 64, 1, std::size_t{1} << chunk_track_bits);
  chunks_.resize((tracks.size() + chunk_tracks_ - 1) / chunk_tracks_);
  Ticker ticker(progress, "keys", chunks_.size());
  Builder builder(*this, tracks, items / std::max(keys.sampling, 1u), cost, stop);
  builder.extract_all(ticker);
  builder.make_lists();
}

KeyTable::Reader::Reader(const KeyTable& table, std::size_t chunk)
    : table_(table),
      chunk_(table.chunks_[chunk]),
      bucket_(chunk_.buckets.data()),
      cursors_(chunk_.starts.begin(), chunk_.starts.end() - 1) {}

std::size_t KeyTable::Reader::next(std::vector<Entry>& entries) {
  const std::size_t filed = chunk_.counts[track_++];
  entries.resize(filed);
  std::size_t count = 0;
  for (std::size_t i = 0; i < filed; ++i) {
    const std::uint64_t* const at = chunk_.entries.data() + cursors_[bucket_[i]]++;
    __builtin_prefetch(at + entries_of_a_line);  // there are more streams than the processor recognises
    const std::uint64_t entry = *at;
    const auto first = static_cast<std::uint32_t>(entry >> (size_bits + position_bits));
    const std::uint32_t size = size_of_codes[entry >> position_bits & ((1u << size_bits) - 1)];
    const List list{table_.tracks_.data() + first, table_.positions_.data() + std::size_t{3} * first, size};
    __builtin_prefetch(list.tracks);
    entries[count] = {list, position_in(entry)};
    count += size != 0;  // half of the lists are empty: a branch would be mispredicted
  }
  bucket_ += filed;
  entries.resize(count);
  return filed;
}

}  // namespace echofold
