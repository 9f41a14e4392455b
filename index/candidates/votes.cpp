// Two walks over the same postings: the first counts roughly by track; the second stores the few votes that
// can matter.
//
// Nearly all postings that a track visits belong to tracks that share one key with it by chance. A table of
// small counters, a few times larger than the number of visits, finds those tracks without storing a vote:
// two tracks that share a counter can only make it too high. The votes that remain are sorted and counted exactly.
#include "index/candidates/votes.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace echofold {
namespace {

constexpr std::uint8_t full = std::numeric_limits<std::uint8_t>::max();

/// Visits the ids of a run that are below `end`. Ids ascend, so the first other one ends the walk.
template <class Visit>
void visit_below(const PostingRun& run, std::uint64_t end, Visit visit) {
  for (std::size_t i = 0; i < run.size; ++i) {
    if (static_cast<std::uint64_t>(run.ids[i]) >= end) return;
    visit(run.ids[i]);
  }
}

}  // namespace

const std::vector<VotedTrack>& VoteCounter::count(std::span<const ProbeKey> probes, TrackId below) {
  // An id has the track in its upper 40 bits. A track id beyond 40 bits means that there is no end.
  constexpr TrackId track_end = TrackId{1} << (64 - position_bits);
  const std::uint64_t id_end =
      below < track_end ? below << position_bits : std::numeric_limits<std::uint64_t>::max();
  choose_walks(probes);
  count_by_track(id_end);
  collect_votes(id_end);
  result_.clear();
  peaks_.find(votes_, result_);
  return result_;
}

// Looks up so many keys at once that the waits for memory overlap, but not so many that they evict each other from
// the cache.
void VoteCounter::look_up(std::span<const ProbeKey> probes) {
  constexpr std::size_t at_once = 256;
  keys_.clear();
  for (const ProbeKey& probe : probes) keys_.push_back(probe.key);
  found_.assign(keys_.size(), {});
  for (std::size_t first = 0; first < keys_.size(); first += at_once) {
    const std::size_t count = std::min(at_once, keys_.size() - first);
    index_.find(std::span(keys_).subspan(first, count), std::span(found_).subspan(first, count));
  }
}

// The rarest keys come first: they say most for their cost. The order depends on sizes and positions alone.
void VoteCounter::choose_walks(std::span<const ProbeKey> probes) {
  look_up(probes);
  by_size_.clear();
  for (std::uint32_t i = 0; i < found_.size(); ++i)
    if (found_[i].size() > 0) by_size_.push_back(i);
  std::stable_sort(by_size_.begin(), by_size_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return found_[a].size() < found_[b].size(); });
  walks_.clear();
  visits_ = 0;
  std::size_t used = 0;
  for (const std::uint32_t i : by_size_) {
    const std::size_t size = found_[i].size();
    const bool telling = size <= limits_.stop_postings && visits_ + size <= limits_.max_visits;
    if (!telling && used >= limits_.min_keys) break;
    add_walk(found_[i], probes[i].position, telling ? size : limits_.stop_walk);
    ++used;
  }
}

void VoteCounter::add_walk(const KeyPostings& postings, std::uint32_t position, std::size_t limit) {
  const auto add = [&](PostingRun run) {
    run.size = std::min(run.size, limit);
    limit -= run.size;
    visits_ += run.size;
    if (run.size > 0) walks_.push_back({run, position});
  };
  add(postings.filed);
  add(postings.added);
}

void VoteCounter::count_by_track(std::uint64_t id_end) {
  counts_.assign(std::bit_ceil(std::max<std::size_t>(visits_ * 4, 1024)), 0);
  std::uint8_t* counts = counts_.data();
  const std::size_t mask = counts_.size() - 1;
  for (const Walk& walk : walks_)
    visit_below(walk.run, id_end, [&](std::int64_t id) {
      std::uint8_t& count = counts[track_of(id) & mask];
      count = static_cast<std::uint8_t>(count + (count != full));
    });
}

void VoteCounter::collect_votes(std::uint64_t id_end) {
  const std::uint32_t enough = std::min<std::uint32_t>(limits_.min_votes, full);
  const std::uint8_t* counts = counts_.data();
  const std::size_t mask = counts_.size() - 1;
  votes_.clear();
  for (const Walk& walk : walks_)
    visit_below(walk.run, id_end, [&](std::int64_t id) {
      if (counts[track_of(id) & mask] < enough) return;
      const auto there = static_cast<std::int32_t>(position_of(id));
      votes_.push_back({track_of(id), there - static_cast<std::int32_t>(walk.position)});
    });
}

}  // namespace echofold
