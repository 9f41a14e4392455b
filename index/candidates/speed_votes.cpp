// Looks up all tracks of the library in a table of some probes' items, then votes for lines.
//
// Two tracks of which one is 2 % faster share 3 to 7 % of their keys, and no two of these shared keys need to have the
// same offset: over two minutes the offset drifts by 19 items. Votes for offsets alone would drown in chance. But all
// true votes lie on one line. It is found in two steps:
//
// 1. Votes are counted in bands of 128 offsets. Whatever the speed, a line stays within two neighbouring bands (8 % of
//    two minutes are 77 items). Most pairs of tracks have too few votes in any two bands, and end here.
// 2. For the others, LineFinder looks for lines.
#include "index/candidates/speed_votes.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/keys.h"
#include "index/candidates/line_finder.h"

namespace echofold {
namespace {

// A table of few probes fits a core's cache, one of many is walked less often. Long keys have so few entries that the
// walks count.
constexpr std::size_t probes_per_table(SpeedKeys keys) noexcept {
  return keys == SpeedKeys::of_20_bits ? 8192 : 2048;
}
constexpr std::size_t tracks_per_task = 16;
constexpr std::uint8_t most_of_a_key = 32;
constexpr std::int32_t band_items = 128;
// A key that the probes of a table have more often is not looked up: hundreds of copies of one recording would cost
// too much.
constexpr std::size_t stop_entries = 512;

constexpr std::uint32_t mask_of_14 = 0xE8C3F0A0u, mask_of_16 = 0xFCC2F8A0u, mask_of_20 = 0xFCE3F8F0u;

constexpr int bits_of(SpeedKeys keys) noexcept {
  return keys == SpeedKeys::of_14_bits ? 14 : keys == SpeedKeys::of_16_bits ? 16 : 20;
}

/// The bits of the mask side by side.
template <SpeedKeys keys>
constexpr std::uint32_t speed_key(Item item) noexcept {
  if constexpr (keys == SpeedKeys::of_14_bits)
    return item >> 29 << 11 | (item >> 27 & 1u) << 10 | (item >> 22 & 3u) << 8 | (item >> 12 & 0x3Fu) << 2 |
           (item >> 7 & 1u) << 1 | (item >> 5 & 1u);
  if constexpr (keys == SpeedKeys::of_16_bits)
    return item >> 26 << 10 | (item >> 22 & 3u) << 8 | (item >> 17 & 1u) << 7 | (item >> 11 & 0x1Fu) << 2 |
           (item >> 7 & 1u) << 1 | (item >> 5 & 1u);
  return item >> 26 << 14 | (item >> 21 & 7u) << 11 | (item >> 11 & 0x7Fu) << 4 | (item >> 4 & 0xFu);
}

template <SpeedKeys keys>
constexpr bool is_key_of(std::uint32_t mask) noexcept {
  return speed_key<keys>(mask) == (std::uint32_t{1} << bits_of(keys)) - 1 && speed_key<keys>(~mask) == 0;
}
static_assert(is_key_of<SpeedKeys::of_14_bits>(mask_of_14) && is_key_of<SpeedKeys::of_16_bits>(mask_of_16) &&
              is_key_of<SpeedKeys::of_20_bits>(mask_of_20));

struct KeyAt {
  std::uint32_t key = 0;
  std::uint16_t position = 0;
};

/// The keys of one track that count. Keeps its memory between calls.
class TrackKeys {
 public:
  const std::vector<KeyAt>& of(Items items, SpeedKeys keys) {
    switch (keys) {
      case SpeedKeys::of_14_bits:
        collect<SpeedKeys::of_14_bits>(items);
        break;
      case SpeedKeys::of_16_bits:
        collect<SpeedKeys::of_16_bits>(items);
        break;
      case SpeedKeys::of_20_bits:
        collect<SpeedKeys::of_20_bits>(items);
        break;
    }
    drop_frequent();
    return found_;
  }

 private:
  template <SpeedKeys keys>
  void collect(Items items) {
    found_.clear();
    std::uint32_t last = ~0u;  // no key
    const std::size_t end = std::min(items.size(), LineFinder::most_items);
    for (std::size_t i = 0; i < end; ++i) {
      const std::uint32_t key = speed_key<keys>(items[i]);
      if (items[i] == silence_item || key == last) continue;
      last = key;
      found_.push_back({key, static_cast<std::uint16_t>(i)});
    }
  }

  /// Counts by hash: two keys that share a cell count together, in every track alike.
  void drop_frequent() {
    counts_.fill(0);
    for (const KeyAt& one : found_) {
      std::uint8_t& count = counts_[cell_of(one.key)];
      count = static_cast<std::uint8_t>(count + (count <= most_of_a_key));
    }
    std::erase_if(found_, [&](const KeyAt& one) { return counts_[cell_of(one.key)] > most_of_a_key; });
  }

  static std::size_t cell_of(std::uint32_t key) noexcept { return mix(key) % cell_count; }

  static constexpr std::size_t cell_count = 8192;
  std::array<std::uint8_t, cell_count> counts_{};
  std::vector<KeyAt> found_;
};

/// Which probe has which key at which position.
class ProbeTable {
 public:
  struct Entry {
    std::uint16_t probe, position;
  };

  ProbeTable(std::span<const IndexedTrack> probes, SpeedKeys keys)
      : starts_((std::size_t{1} << bits_of(keys)) + 1, 0) {
    TrackKeys track_keys;
    for (const IndexedTrack& probe : probes)
      for (const KeyAt& one : track_keys.of(probe.items, keys)) ++starts_[one.key + 1];
    for (std::size_t key = 1; key < starts_.size(); ++key) starts_[key] += starts_[key - 1];
    entries_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t number = 0; number < probes.size(); ++number)
      for (const KeyAt& one : track_keys.of(probes[number].items, keys))
        entries_[next[one.key]++] = {static_cast<std::uint16_t>(number), one.position};
  }

  /// The entries of the probes from number `first` on. Empty for a key that too many have.
  std::span<const Entry> of(std::uint32_t key, std::uint32_t first) const noexcept {
    const std::size_t count = starts_[key + 1] - starts_[key];
    std::span<const Entry> all = std::span(entries_).subspan(starts_[key], count > stop_entries ? 0 : count);
    while (!all.empty() && all.front().probe < first) all = all.subspan(1);
    return all;
  }

  void fetch_start(std::uint32_t key) const noexcept { __builtin_prefetch(starts_.data() + key); }
  void fetch_entries(std::uint32_t key) const noexcept { __builtin_prefetch(entries_.data() + starts_[key]); }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<Entry> entries_;
};

struct Found {
  std::uint32_t probe;
  LineTrack track;
};

/// The votes of one track of the library for all probes of a table. Not thread-safe: each thread needs its own.
class TrackVotes {
 public:
  explicit TrackVotes(const SpeedVoteLimits& limits)
      : limits_(limits), lines_(limits.min_votes, limits.lines) {}

  /// Calls visit(number of the probe, lines).
  /// @param first  the probes from this number on count
  template <class Visit>
  void count(const ProbeTable& table, std::uint32_t first, Items items, Visit visit) {
    shared_.clear();
    cells_.fill(0);
    starts_.assign(probes_per_table(limits_.keys) + 1, 0);
    const std::vector<KeyAt>& keys = keys_.of(items, limits_.keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const KeyAt& one = keys[i];
      // Nearly every key is a miss in the cache, and then its entries are another one.
      constexpr std::size_t ahead = 8;
      if (i + 2 * ahead < keys.size()) table.fetch_start(keys[i + 2 * ahead].key);
      if (i + ahead < keys.size()) table.fetch_entries(keys[i + ahead].key);
      for (const ProbeTable::Entry& entry : table.of(one.key, first)) {
        shared_.push_back({entry.probe, entry.position, one.position});
        ++starts_[std::size_t{entry.probe} + 1];
        std::uint8_t& cell = cells_[cell_of(shared_.back())];
        cell = static_cast<std::uint8_t>(cell + (cell != std::numeric_limits<std::uint8_t>::max()));
      }
    }
    sort_by_probe();
    for (std::size_t probe = 0; probe < ends_.size(); ++probe) {
      const std::size_t count = ends_[probe] - starts_[probe];
      if (count < limits_.min_votes) continue;
      if (auto lines = lines_.find(std::span(sorted_).subspan(starts_[probe], count)); !lines.empty())
        visit(static_cast<std::uint32_t>(probe), std::move(lines));
    }
  }

 private:
  static constexpr std::size_t cell_count = std::size_t{1} << 16;

  /// Two neighbouring cells hold all votes of a line. Other probes may share a cell, too: that can only make its
  /// count too high.
  static std::size_t cell_of(const SharedKey& key) noexcept {
    constexpr std::int32_t least = -static_cast<std::int32_t>(LineFinder::most_items);
    return (mix(key.probe) + static_cast<std::uint32_t>((key.offset() - least) / band_items)) % cell_count;
  }

  /// Sorts the shared keys that may lie on a line by their probes, in place of comparisons by counts: there are tens of
  /// thousands of them for each track.
  void sort_by_probe() {
    for (std::size_t probe = 1; probe < starts_.size(); ++probe) starts_[probe] += starts_[probe - 1];
    ends_.assign(starts_.begin(), starts_.end() - 1);
    sorted_.resize(shared_.size());
    for (const SharedKey& key : shared_)
      if (may_reach(key)) sorted_[ends_[key.probe]++] = key;
  }

  bool may_reach(const SharedKey& key) const noexcept {
    const std::size_t cell = cell_of(key);
    const unsigned before = cells_[(cell + cell_count - 1) % cell_count],
                   after = cells_[(cell + 1) % cell_count];
    return cells_[cell] + std::max(before, after) >= limits_.min_votes;
  }

  const SpeedVoteLimits& limits_;
  TrackKeys keys_;
  LineFinder lines_;
  std::vector<SharedKey> shared_, sorted_;
  std::vector<std::uint32_t> starts_, ends_;  ///< of each probe in sorted_
  std::array<std::uint8_t, cell_count> cells_{};
};

class SpeedSearch {
 public:
  SpeedSearch(std::span<const IndexedTrack> all_probes, std::span<const IndexedTrack> library,
              const SpeedVoteLimits& limits, const std::stop_token& stop)
      : library_(library), limits_(limits), stop_(stop), votes_([&] { return TrackVotes(limits); }) {
    for (const IndexedTrack& probe : all_probes) probe_ids_.push_back(probe.id);
    std::sort(probe_ids_.begin(), probe_ids_.end());
  }

  /// @param probes  some of all, in order of id
  /// @return        by probe, each in order of id
  std::vector<std::vector<LineTrack>> search(std::span<const IndexedTrack> probes) {
    const ProbeTable table(probes, limits_.keys);
    for (std::vector<Found>& some : found_) some.clear();
    parallel_for_ranges(library_.size(), tracks_per_task, [&](std::size_t begin, std::size_t end) {
      if (stop_.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
      for (std::size_t i = begin; i < end; ++i) visit(probes, table, library_[i]);
    });
    std::vector<std::vector<LineTrack>> by_probe(probes.size());
    for (std::vector<Found>& some : found_)
      for (Found& one : some) by_probe[one.probe].push_back(std::move(one.track));
    for (std::vector<LineTrack>& tracks : by_probe) keep_most(tracks);
    return by_probe;
  }

 private:
  /// @param probes  in order of id: of two probes, the later one finds the other
  void visit(std::span<const IndexedTrack> probes, const ProbeTable& table, const IndexedTrack& track) {
    std::uint32_t first = 0;
    if (std::binary_search(probe_ids_.begin(), probe_ids_.end(), track.id)) {
      const auto later =
          std::upper_bound(probes.begin(), probes.end(), track.id,
                           [](TrackId id, const IndexedTrack& probe) { return id < probe.id; });
      if (later == probes.end()) return;
      first = static_cast<std::uint32_t>(later - probes.begin());
    }
    votes_.local().count(table, first, track.items, [&](std::uint32_t probe, std::vector<VotedLine> lines) {
      found_.local().push_back({probe, {track.id, std::move(lines)}});
    });
  }

  void keep_most(std::vector<LineTrack>& tracks) const {
    std::sort(tracks.begin(), tracks.end(), [](const LineTrack& x, const LineTrack& y) {
      return std::tie(y.lines.front().votes, x.track) < std::tie(x.lines.front().votes, y.track);
    });
    if (tracks.size() > limits_.most) tracks.resize(limits_.most);
    std::sort(tracks.begin(), tracks.end(),
              [](const LineTrack& x, const LineTrack& y) { return x.track < y.track; });
  }

  std::span<const IndexedTrack> library_;
  const SpeedVoteLimits& limits_;
  const std::stop_token& stop_;
  std::vector<TrackId> probe_ids_;
  PerThread<TrackVotes> votes_;
  PerThread<std::vector<Found>> found_;
};

}  // namespace

struct PairLines::Impl {
  explicit Impl(const SpeedVoteLimits& with) : limits(with), votes(limits) {}

  SpeedVoteLimits limits;
  TrackVotes votes;
  std::optional<ProbeTable> table;
};

PairLines::PairLines(const SpeedVoteLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
PairLines::PairLines(PairLines&&) noexcept = default;
PairLines::~PairLines() = default;

void PairLines::set_probe(Items probe) {
  const IndexedTrack track{0, probe};
  impl_->table.emplace(std::span(&track, 1), impl_->limits.keys);
}

std::vector<VotedLine> PairLines::find(Items there) {
  std::vector<VotedLine> found;
  impl_->votes.count(*impl_->table, 0, there,
                     [&](std::uint32_t, std::vector<VotedLine> lines) { found = std::move(lines); });
  return found;
}

std::vector<std::vector<LineTrack>> speed_votes(std::span<const IndexedTrack> probes,
                                                std::span<const IndexedTrack> library,
                                                const SpeedVoteLimits& limits, const Progress& progress,
                                                const std::stop_token& stop) {
  std::vector<std::size_t> order(probes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t x, std::size_t y) { return probes[x].id < probes[y].id; });
  std::vector<IndexedTrack> sorted;
  sorted.reserve(probes.size());
  for (const std::size_t number : order) sorted.push_back(probes[number]);

  std::vector<std::vector<LineTrack>> votes(probes.size());
  SpeedSearch search(sorted, library, limits, stop);
  Ticker ticker(progress, "speeds", probes.size());
  const std::size_t most = probes_per_table(limits.keys);
  for (std::size_t first = 0; first < sorted.size(); first += most) {
    const auto some = std::span(sorted).subspan(first, std::min(most, sorted.size() - first));
    std::vector<std::vector<LineTrack>> found = search.search(some);
    for (std::size_t i = 0; i < found.size(); ++i) votes[order[first + i]] = std::move(found[i]);
    ticker.add(some.size());
  }
  return votes;
}

}  // namespace echofold
