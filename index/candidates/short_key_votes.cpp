// Makes a table of some probes' items that fits a core's cache, and looks up all tracks of the library in it.
#include "index/candidates/short_key_votes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <limits>
#include <tuple>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/keys.h"

namespace echofold {
namespace {

constexpr std::size_t probes_per_table = 64;  // of 2,000 items each: 1 MB
constexpr std::size_t tracks_per_task = 16;
constexpr std::uint32_t most_of_a_key = 8;  // in one probe, as KeySettings::max_per_track

constexpr int key_bits = 16;
constexpr std::size_t key_count = std::size_t{1} << key_bits;
constexpr std::uint32_t short_key_mask = 0xFEFE000Cu;

/// The bits of the mask side by side. They are the ten most stable bits and those between them.
constexpr std::uint32_t short_key(Item item) noexcept {
  return item >> 25 << 9 | (item >> 17 & 0x7Fu) << 2 | (item >> 2 & 3u);
}

/// Calls visit(key, position) for the telling items, without storing them.
template <class Visit>
void for_telling_items(Items items, Visit visit) {
  std::uint32_t last = key_count;  // no key
  const std::size_t end = std::min(items.size(), max_filed_position);
  for (std::size_t i = 0; i < end; ++i) {
    const std::uint32_t key = short_key(items[i]);
    if (items[i] == silence_item || key == last) continue;
    last = key;
    visit(key, static_cast<std::int32_t>(i));
  }
}

/// Which probe has which key at which position.
class ProbeTable {
 public:
  struct Entry {
    std::uint32_t probe;
    std::int32_t position;
  };

  explicit ProbeTable(std::span<const IndexedTrack> probes) : starts_(key_count + 1, 0) {
    std::vector<std::vector<std::uint8_t>> counts;
    for (const IndexedTrack& probe : probes) {
      std::vector<std::uint8_t>& count = counts.emplace_back(key_count, std::uint8_t{0});
      for_telling_items(probe.items, [&](std::uint32_t key, std::int32_t) {
        count[key] = static_cast<std::uint8_t>(count[key] + (count[key] <= most_of_a_key));
      });
      for (std::size_t key = 0; key < key_count; ++key)
        if (count[key] <= most_of_a_key) starts_[key + 1] += count[key];
    }
    for (std::size_t key = 0; key < key_count; ++key) starts_[key + 1] += starts_[key];
    entries_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (std::uint32_t number = 0; number < probes.size(); ++number)
      for_telling_items(probes[number].items, [&](std::uint32_t key, std::int32_t position) {
        if (counts[number][key] <= most_of_a_key) entries_[next[key]++] = {number, position};
      });
  }

  std::span<const Entry> of(std::uint32_t key) const noexcept {
    return std::span(entries_).subspan(starts_[key], starts_[key + 1] - starts_[key]);
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<Entry> entries_;
};

/// The votes of one track of the library for all probes of a table. Keeps its memory between calls. Not thread-safe:
/// each thread needs its own.
class TrackVotes {
 public:
  explicit TrackVotes(const ShortKeyLimits& limits)
      : min_votes_(limits.min_votes), peaks_(limits.min_votes, limits.peaks) {}

  /// @return  VotedTrack::track is the number of a probe
  const std::vector<VotedTrack>& count(const ProbeTable& table, Items items) {
    votes_.clear();
    cells_.fill(0);
    for_telling_items(items, [&](std::uint32_t key, std::int32_t position) {
      for (const ProbeTable::Entry& entry : table.of(key)) {
        const Vote vote{entry.probe, position - entry.position};
        votes_.push_back(vote);
        std::uint8_t& cell = cells_[cell_of(vote)];
        cell = static_cast<std::uint8_t>(cell + (cell != std::numeric_limits<std::uint8_t>::max()));
      }
    });
    std::erase_if(votes_, [&](const Vote& vote) { return !may_reach(vote); });
    result_.clear();
    peaks_.find(votes_, result_);
    return result_;
  }

 private:
  static constexpr std::size_t cell_count = std::size_t{1} << 16;

  /// Two offsets share a cell, and two neighbouring cells hold all three offsets of a peak. Other probes may share
  /// a cell, too: that can only make its count too high.
  static std::size_t cell_of(const Vote& vote) noexcept {
    return (mix(static_cast<std::uint32_t>(vote.track)) + static_cast<std::uint32_t>(vote.offset >> 1)) %
           cell_count;
  }

  bool may_reach(const Vote& vote) const noexcept {
    const std::size_t cell = cell_of(vote);
    const unsigned before = cells_[(cell + cell_count - 1) % cell_count],
                   after = cells_[(cell + 1) % cell_count];
    return cells_[cell] + std::max(before, after) >= min_votes_;
  }

  std::uint32_t min_votes_;
  PeakFinder peaks_;
  std::vector<Vote> votes_;
  std::array<std::uint8_t, cell_count> cells_{};
  std::vector<VotedTrack> result_;
};

/// The votes of one track of the library for one probe.
struct Found {
  std::uint32_t probe;
  VotedTrack track;
};

class ShortKeySearch {
 public:
  ShortKeySearch(std::span<const IndexedTrack> all_probes, std::span<const IndexedTrack> library,
                 const ShortKeyLimits& limits, const std::stop_token& stop)
      : library_(library), limits_(limits), stop_(stop), votes_([&] { return TrackVotes(limits); }) {
    for (const IndexedTrack& probe : all_probes) probe_ids_.push_back(probe.id);
    std::sort(probe_ids_.begin(), probe_ids_.end());
  }

  /// @param probes  some of all, at least one
  /// @return        by probe, each in order of id
  std::vector<std::vector<VotedTrack>> search(std::span<const IndexedTrack> probes) {
    const ProbeTable table(probes);
    last_probe_ = std::max_element(probes.begin(), probes.end(), [](const auto& x, const auto& y) {
                    return x.id < y.id;
                  })->id;
    found_.clear();
    parallel_for_ranges(library_.size(), tracks_per_task, [&](std::size_t begin, std::size_t end) {
      if (stop_.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
      for (std::size_t i = begin; i < end; ++i) visit(probes, table, library_[i]);
    });
    std::vector<std::vector<VotedTrack>> by_probe(probes.size());
    for (std::vector<Found>& some : found_)
      for (Found& one : some) by_probe[one.probe].push_back(std::move(one.track));
    for (std::vector<VotedTrack>& tracks : by_probe) keep_most(tracks);
    return by_probe;
  }

 private:
  void visit(std::span<const IndexedTrack> probes, const ProbeTable& table, const IndexedTrack& track) {
    const bool is_probe = std::binary_search(probe_ids_.begin(), probe_ids_.end(), track.id);
    if (is_probe && track.id >= last_probe_) return;
    for (const VotedTrack& voted : votes_.local().count(table, track.items)) {
      const auto probe = static_cast<std::uint32_t>(voted.track);
      if (!is_probe || track.id < probes[probe].id)
        found_.local().push_back({probe, {track.id, voted.votes, voted.offsets}});
    }
  }

  void keep_most(std::vector<VotedTrack>& tracks) const {
    std::sort(tracks.begin(), tracks.end(), [](const VotedTrack& x, const VotedTrack& y) {
      return std::tie(y.votes, x.track) < std::tie(x.votes, y.track);
    });
    if (tracks.size() > limits_.most) tracks.resize(limits_.most);
    std::sort(tracks.begin(), tracks.end(),
              [](const VotedTrack& x, const VotedTrack& y) { return x.track < y.track; });
  }

  std::span<const IndexedTrack> library_;
  const ShortKeyLimits& limits_;
  const std::stop_token& stop_;
  std::vector<TrackId> probe_ids_;
  TrackId last_probe_ = 0;  // the highest id of the probes of the current table
  PerThread<TrackVotes> votes_;
  PerThread<std::vector<Found>> found_;
};

}  // namespace

std::vector<std::vector<VotedTrack>> short_key_votes(std::span<const IndexedTrack> probes,
                                                     std::span<const IndexedTrack> library,
                                                     const ShortKeyLimits& limits, const Progress& progress,
                                                     const std::stop_token& stop) {
  static_assert(short_key(~Item{0}) == key_count - 1 && short_key(~short_key_mask) == 0);
  std::vector<std::vector<VotedTrack>> votes;
  ShortKeySearch search(probes, library, limits, stop);
  Ticker ticker(progress, "short keys", probes.size());
  for (std::size_t first = 0; first < probes.size(); first += probes_per_table) {
    const auto some = probes.subspan(first, std::min(probes_per_table, probes.size() - first));
    std::vector<std::vector<VotedTrack>> found = search.search(some);
    votes.insert(votes.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    ticker.add(some.size());
  }
  return votes;
}

}  // namespace echofold
