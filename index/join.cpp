// The join, read aloud: candidates by votes, verified by alignment, a second look for those that
// found nothing.
#include "index/join.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "index/align.h"
#include "index/error.h"
#include "index/ticker.h"
#include "index/votes.h"

namespace echofold {
namespace {

/// So many votes leave no doubt; more of them do not make a candidate better.
constexpr std::uint32_t strong_votes = 12;
constexpr std::size_t probes_per_task = 64;
constexpr std::size_t pairs_per_task = 64;

template <class Pair>
bool by_ids(const Pair& a, const Pair& b) noexcept {
  return std::tie(a.a, a.b) < std::tie(b.a, b.b);
}

void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
}

/// The ids of the probes, and what follows for which pairs each has to visit.
class ProbeSet {
 public:
  ProbeSet(std::span<const IndexedTrack> probes, const std::vector<TrackId>& indexed) {
    for (const IndexedTrack& probe : probes) ids_.push_back(probe.id);
    std::sort(ids_.begin(), ids_.end());
    is_all_ = std::includes(ids_.begin(), ids_.end(), indexed.begin(), indexed.end());
  }

  /// The end of the ids that `self` has to visit: a later probe will visit `self`.
  TrackId end_for(TrackId self) const noexcept { return is_all_ ? self : ~TrackId{0}; }

  bool is_due(TrackId self, TrackId other) const noexcept {
    return other < self || (other > self && !std::binary_search(ids_.begin(), ids_.end(), other));
  }

 private:
  std::vector<TrackId> ids_;
  bool is_all_ = false;
};

struct Probing {
  const CandidateIndex& index;
  const ItemsOf& items_of;
  const JoinSettings& settings;
  std::uint32_t max_visits;

  VoteLimits limits() const {
    return {.min_votes = std::max(1u, std::min(settings.min_votes, settings.min_votes_alike)),
            .peaks = std::max(1u, settings.offsets_per_pair),
            .stop_postings = settings.stop_tracks,
            .stop_walk = settings.stop_walk,
            .max_visits = max_visits,
            .min_keys = index.stamp().keys.min_keys};
  }

  bool has_enough_votes(const VotedTrack& voted, Items self) const {
    if (voted.votes >= settings.min_votes) return true;
    if (voted.votes < settings.min_votes_alike) return false;
    const double items =
        std::abs(static_cast<double>(self.size()) - static_cast<double>(items_of(voted.track).size()));
    return items_to_seconds(items) <= settings.alike_duration_s;
  }
};

Candidate candidate_of(TrackId self, const VotedTrack& voted) {
  if (voted.track < self) return {voted.track, self, voted.votes, voted.offsets};
  Candidate candidate{self, voted.track, voted.votes, voted.offsets};
  for (std::int32_t& offset : candidate.offsets) offset = -offset;
  return candidate;
}

/// Keeps the best `count` of the candidates from `first` on, all of one probe.
void keep_best(std::vector<Candidate>& candidates, std::size_t first, std::size_t count) {
  if (candidates.size() - first <= count) return;
  const auto begin = candidates.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  std::nth_element(begin, end, candidates.end(), [](const Candidate& a, const Candidate& b) {
    const std::uint32_t x = std::min(a.votes, strong_votes), y = std::min(b.votes, strong_votes);
    return x != y ? x > y : by_ids(a, b);
  });
  candidates.erase(end, candidates.end());
}

/// The keys of one track that are looked up.
using KeysOf = std::function<std::vector<ProbeKey>(Items)>;

std::vector<Candidate> probe_all(const Probing& probing, std::span<const IndexedTrack> probes,
                                 const KeysOf& keys_of, const Progress& progress,
                                 const std::stop_token& stop) {
  const ProbeSet set(probes, probing.index.track_ids());
  tbb::enumerable_thread_specific<VoteCounter> counters(
      [&] { return VoteCounter(probing.index, probing.limits()); });
  tbb::enumerable_thread_specific<std::vector<Candidate>> found;
  Ticker ticker(progress, "candidates", probes.size());

  const auto probe_one = [&](const IndexedTrack& probe, VoteCounter& counter, std::vector<Candidate>& out) {
    const std::size_t first = out.size();
    for (const VotedTrack& voted : counter.count(keys_of(probe.items), set.end_for(probe.id)))
      if (set.is_due(probe.id, voted.track) && probing.has_enough_votes(voted, probe.items))
        out.push_back(candidate_of(probe.id, voted));
    keep_best(out, first, probing.settings.max_candidates);
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, probes.size(), probes_per_task),
                    [&](const auto& range) {
                      throw_if_stopped(stop);
                      for (std::size_t i = range.begin(); i < range.end(); ++i)
                        probe_one(probes[i], counters.local(), found.local());
                      ticker.add(range.size());
                    });

  std::vector<Candidate> all;
  for (std::vector<Candidate>& some : found)
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(all.begin(), all.end(), by_ids<Candidate>);
  return all;
}

/// Every telling item under its own key, and under the sampled keys around it. Its own key even if it is not
/// sampled: a track with few keys has such keys filed.
std::vector<ProbeKey> wide_keys(Items items, const KeySettings& keys, int radius) {
  std::vector<ProbeKey> wide;
  for (const FiledItem& item : telling_items(items, keys.mask))
    for_each_near_key(item.key, keys.mask, radius, [&](Key key, int flips) {
      if (flips == 0 || is_sampled(key, keys.sampling)) wide.push_back({key, item.position});
    });
  return wide;
}

std::vector<IndexedTrack> without_pair(std::span<const IndexedTrack> probes,
                                       const std::vector<MatchedPair>& pairs) {
  std::vector<TrackId> paired;
  for (const MatchedPair& pair : pairs) paired.insert(paired.end(), {pair.a, pair.b});
  std::sort(paired.begin(), paired.end());
  std::vector<IndexedTrack> lonely;
  for (const IndexedTrack& probe : probes)
    if (!std::binary_search(paired.begin(), paired.end(), probe.id)) lonely.push_back(probe);
  return lonely;
}

}  // namespace

std::vector<Candidate> find_candidates(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                       const ItemsOf& items_of, const JoinSettings& settings,
                                       const Progress& progress, const std::stop_token& stop) {
  const KeySettings& keys = index.stamp().keys;
  if (probes.size() > index.track_ids().size() / 16) index.expect_full_read();
  const auto keys_of = [&](Items items) {
    std::vector<ProbeKey> filed;
    for (const FiledItem& item : filed_items(items, keys)) filed.push_back({item.key, item.position});
    return filed;
  };
  return probe_all({index, items_of, settings, settings.max_visits}, probes, keys_of, progress, stop);
}

std::vector<MatchedPair> verify(std::span<const Candidate> candidates, const ItemsOf& items_of,
                                const JoinSettings& settings, const Progress& progress,
                                const std::stop_token& stop) {
  using Numbered = std::pair<std::size_t, MatchedPair>;
  tbb::enumerable_thread_specific<std::vector<Numbered>> kept;
  Ticker ticker(progress, "verify", candidates.size());
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, candidates.size(), pairs_per_task), [&](const auto& range) {
        throw_if_stopped(stop);
        for (std::size_t i = range.begin(); i < range.end(); ++i) {
          const Candidate& candidate = candidates[i];
          Evidence evidence = best_alignment(items_of(candidate.a), items_of(candidate.b), candidate.offsets);
          if (judge(evidence, settings.thresholds).relation == Relation::unrelated) continue;
          kept.local().emplace_back(i, MatchedPair{candidate.a, candidate.b, std::move(evidence)});
        }
        ticker.add(range.size());
      });

  std::vector<Numbered> all;
  for (std::vector<Numbered>& some : kept)
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(all.begin(), all.end(), [](const Numbered& a, const Numbered& b) { return a.first < b.first; });
  std::vector<MatchedPair> pairs;
  pairs.reserve(all.size());
  for (Numbered& numbered : all) pairs.push_back(std::move(numbered.second));
  return pairs;
}

std::vector<MatchedPair> join(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                              const ItemsOf& items_of, const JoinSettings& settings, const Progress& progress,
                              const std::stop_token& stop) {
  auto pairs = verify(find_candidates(index, probes, items_of, settings, progress, stop), items_of, settings,
                      progress, stop);
  if (settings.second_probe_radius < 0) return pairs;
  const std::vector<IndexedTrack> lonely = without_pair(probes, pairs);
  if (lonely.empty() || lonely.size() > settings.second_probe_max_tracks) return pairs;

  const auto keys_of = [&](Items items) {
    return wide_keys(items, index.stamp().keys, settings.second_probe_radius);
  };
  const auto wider = probe_all({index, items_of, settings, settings.second_probe_max_visits}, lonely, keys_of,
                               progress, stop);
  auto more = verify(wider, items_of, settings, progress, stop);
  pairs.insert(pairs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(pairs.begin(), pairs.end(), by_ids<MatchedPair>);
  return pairs;
}

}  // namespace echofold
