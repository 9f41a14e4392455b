// Joins by an index: finds candidates by votes and verifies them by alignment; then the further probes.
#include "index/join/join.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/short_key_votes.h"
#include "index/candidates/votes.h"
#include "index/join/candidate_choice.h"
#include "index/join/probe_set.h"
#include "index/join/speed_probe.h"
#include "index/pair/align.h"

namespace echofold {
namespace {

constexpr std::size_t probes_per_task = 64;
constexpr std::size_t pairs_per_task = 64;

template <class Pair>
bool by_ids(const Pair& a, const Pair& b) noexcept {
  return std::tie(a.a, a.b) < std::tie(b.a, b.b);
}

void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
}

struct Probing {
  const CandidateIndex& index;
  const ItemsOf& items_of;
  const JoinSettings& settings;
  std::uint32_t max_visits;

  VoteLimits limits() const { return vote_limits(settings, index.stamp().keys, max_visits); }
};

Candidate candidate_of(TrackId self, const VotedTrack& voted) {
  if (voted.track < self) return {voted.track, self, voted.votes, voted.offsets};
  Candidate candidate{self, voted.track, voted.votes, voted.offsets};
  for (std::int32_t& offset : candidate.offsets) offset = -offset;
  return candidate;
}

/// The keys of one track that are looked up.
using KeysOf = std::function<std::vector<ProbeKey>(Items)>;

std::vector<Candidate> probe_all(const Probing& probing, std::span<const IndexedTrack> probes,
                                 const KeysOf& keys_of, const Progress& progress,
                                 const std::stop_token& stop) {
  const ProbeSet set(probes, probing.index.track_ids());
  PerThread<VoteCounter> counters([&] { return VoteCounter(probing.index, probing.limits()); });
  PerThread<std::vector<Candidate>> found;
  Ticker ticker(progress, "candidates", probes.size());

  const auto probe_one = [&](const IndexedTrack& probe, VoteCounter& counter, std::vector<Candidate>& out) {
    std::vector<Candidate> own;
    for (const VotedTrack& voted : counter.count(keys_of(probe.items), set.end_for(probe.id)))
      if (set.is_due(probe.id, voted.track) &&
          has_enough_votes(voted.votes, probe.items.size(), probing.items_of(voted.track).size(),
                           probing.settings))
        own.push_back(candidate_of(probe.id, voted));
    keep_best(
        own, probing.settings.max_candidates, [](const Candidate& c) { return c.votes; },
        [](const Candidate& c) { return std::pair(c.a, c.b); });
    out.insert(out.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  };
  parallel_for_ranges(probes.size(), probes_per_task, [&](std::size_t begin, std::size_t end) {
    throw_if_stopped(stop);
    for (std::size_t i = begin; i < end; ++i) probe_one(probes[i], counters.local(), found.local());
    ticker.add(end - begin);
  });

  std::vector<Candidate> all;
  for (std::vector<Candidate>& some : found)
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(all.begin(), all.end(), by_ids<Candidate>);
  return all;
}

/// Every telling item under its own key, and under the sampled keys near it. Its own key is used even if it is not
/// sampled: a track with few keys has such keys filed.
std::vector<ProbeKey> wide_keys(Items items, const KeySettings& keys, int radius) {
  std::vector<ProbeKey> wide;
  for (const FiledItem& item : telling_items(items, keys.mask))
    for_each_near_key(item.key, keys.mask, radius, [&](Key key, int flips) {
      if (flips == 0 || is_sampled(key, keys.sampling)) wide.push_back({key, item.position});
    });
  return wide;
}

/// The second probe.
std::vector<Candidate> probe_near_keys(const CandidateIndex& index, std::span<const IndexedTrack> lonely,
                                       const ItemsOf& items_of, const JoinSettings& settings,
                                       const Progress& progress, const std::stop_token& stop) {
  const auto keys_of = [&](Items items) {
    return wide_keys(items, index.stamp().keys, settings.second_probe_radius);
  };
  return probe_all({index, items_of, settings, settings.second_probe_max_visits}, lonely, keys_of, progress,
                   stop);
}

std::vector<IndexedTrack> tracks_of(const CandidateIndex& index, const ItemsOf& items_of) {
  std::vector<IndexedTrack> tracks;
  for (const TrackId id : index.track_ids()) tracks.push_back({id, items_of(id)});
  return tracks;
}

/// The third probe: pairs that are not found yet.
std::vector<Candidate> probe_short_keys(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                        const std::vector<MatchedPair>& paired, const ItemsOf& items_of,
                                        const JoinSettings& settings, const Progress& progress,
                                        const std::stop_token& stop) {
  const std::vector<IndexedTrack> library = tracks_of(index, items_of);
  const auto votes = short_key_votes(probes, library,
                                     {.min_votes = settings.third_probe_votes,
                                      .peaks = settings.third_probe_offsets,
                                      .most = settings.max_candidates},
                                     progress, stop);
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < probes.size(); ++i)
    for (const VotedTrack& voted : votes[i]) found.push_back(candidate_of(probes[i].id, voted));
  std::sort(found.begin(), found.end(), by_ids<Candidate>);
  std::vector<Candidate> open;
  std::set_difference(found.begin(), found.end(), paired.begin(), paired.end(), std::back_inserter(open),
                      [](const auto& x, const auto& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  return open;
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
                                const std::stop_token& stop, double hopeless_ber) {
  using Numbered = std::pair<std::size_t, MatchedPair>;
  PerThread<std::vector<Numbered>> kept;
  Ticker ticker(progress, "verify", candidates.size());
  parallel_for_ranges(candidates.size(), pairs_per_task, [&](std::size_t begin, std::size_t end) {
    throw_if_stopped(stop);
    for (std::size_t i = begin; i < end; ++i) {
      const Candidate& candidate = candidates[i];
      Evidence evidence =
          best_alignment(items_of(candidate.a), items_of(candidate.b), candidate.offsets, hopeless_ber);
      if (judge(evidence, settings.thresholds).relation == Relation::unrelated) continue;
      kept.local().emplace_back(i, MatchedPair{candidate.a, candidate.b, std::move(evidence)});
    }
    ticker.add(end - begin);
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
  const auto add = [&](std::vector<MatchedPair> more) {
    pairs.insert(pairs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    std::sort(pairs.begin(), pairs.end(), by_ids<MatchedPair>);
  };
  if (settings.second_probe_radius >= 0) {
    const std::vector<IndexedTrack> lonely = without_pair(probes, pairs);
    if (!lonely.empty() && lonely.size() <= settings.second_probe_max_tracks)
      add(verify(probe_near_keys(index, lonely, items_of, settings, progress, stop), items_of, settings,
                 progress, stop));
  }
  if (index.track_ids().size() <= settings.third_probe_max_library) {
    auto more = verify(probe_short_keys(index, probes, pairs, items_of, settings, progress, stop), items_of,
                       settings, progress, stop, settings.third_probe_hopeless_ber);
    // With keys so short, sparse tracks that share some notes by chance become candidates.
    std::erase_if(more, [&](const MatchedPair& pair) {
      return pair.evidence.informative_items < settings.thresholds.sure_informative;
    });
    add(std::move(more));
  }
  if (index.track_ids().size() <= settings.speed_probe_max_library)
    probe_speeds(probes, tracks_of(index, items_of), settings, pairs, progress, stop);
  return pairs;
}

}  // namespace echofold
