// Votes for lines, refines them, measures along the best one, and keeps what is more than chance.
#include "index/join/speed_probe.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/speed_votes.h"
#include "index/pair/line.h"

namespace echofold {
namespace {

constexpr std::size_t pairs_per_task = 16;

// A drift of fewer items over the overlap is a copy of the same speed, as far as items can tell.
constexpr double least_drift_items = 2;

/// Two tracks and the lines that are worth a look. a < b.
struct LinePair {
  TrackId a = 0, b = 0;
  Items items_a, items_b;
  std::vector<Line> lines;
  const MatchedPair* known = nullptr;  ///< what the other probes made of it
};

bool by_ids(const MatchedPair& x, const MatchedPair& y) noexcept {
  return std::tie(x.a, x.b) < std::tie(y.a, y.b);
}

const MatchedPair* find_pair(const std::vector<MatchedPair>& pairs, TrackId a, TrackId b) {
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), MatchedPair{a, b, {}}, by_ids);
  return at != pairs.end() && at->a == a && at->b == b ? &*at : nullptr;
}

std::optional<Evidence> evidence_of(const LinePair& pair, const Thresholds& thresholds) {
  auto evidence = evidence_along(pair.items_a, pair.items_b, pair.lines, thresholds);
  if (evidence && pair.known && !explains_more(*evidence, pair.known->evidence)) return std::nullopt;
  return evidence;
}

using ItemsById = std::unordered_map<TrackId, Items>;

LinePair pair_of(TrackId probe, const LineTrack& voted, const ItemsById& items) {
  const bool is_b = voted.track < probe;
  LinePair pair;
  std::tie(pair.a, pair.b) = std::minmax(probe, voted.track);
  pair.items_a = items.at(pair.a);
  pair.items_b = items.at(pair.b);
  for (const VotedLine& line : voted.lines) {
    const Line there{static_cast<double>(line.start), line.speed};
    pair.lines.push_back(is_b ? there : there.exchanged());
  }
  return pair;
}

SpeedVoteLimits limits_for(std::size_t tracks, const JoinSettings& settings) {
  if (tracks <= settings.speed_probe_small_library)
    return {.keys = SpeedKeys::of_14_bits,
            .min_votes = settings.speed_probe_small_votes,
            .most = settings.max_candidates};
  if (tracks <= settings.third_probe_max_library)
    return {.keys = SpeedKeys::of_16_bits,
            .min_votes = settings.speed_probe_votes,
            .most = settings.max_candidates};
  return {.keys = SpeedKeys::of_20_bits,
          .min_votes = settings.speed_probe_votes,
          .most = settings.speed_probe_candidates};
}

}  // namespace

std::optional<Evidence> evidence_along(Items a, Items b, std::span<const Line> lines,
                                       const Thresholds& thresholds) {
  RefinedLine best;
  for (const Line& voted : lines) {
    const RefinedLine found = refined(a, b, voted);
    if (found.ber < best.ber) best = found;
  }
  constexpr double margin = 0.02;  // the whole overlap, both ways, may have fewer errors
  if (best.ber > thresholds.max_speed_ber + margin) return std::nullopt;
  Evidence evidence = measure_along(a, b, best.line);
  if (!drifts(evidence) || judge(evidence, thresholds).relation == Relation::unrelated) return std::nullopt;
  return evidence;
}

bool drifts(const Evidence& evidence) noexcept {
  return std::abs(evidence.speed - 1) * evidence.overlap_items >= least_drift_items;
}

bool explains_more(const Evidence& evidence, const Evidence& known) noexcept {
  constexpr double clearly_better = 0.02;
  return evidence.corrected_ber <= known.corrected_ber - clearly_better;
}

void probe_speeds(std::span<const IndexedTrack> probes, std::span<const IndexedTrack> library,
                  const JoinSettings& settings, std::vector<MatchedPair>& pairs, const Progress& progress,
                  const std::stop_token& stop) {
  ItemsById items;
  for (const auto& tracks : {probes, library})
    for (const IndexedTrack& track : tracks) items.emplace(track.id, track.items);
  const auto votes = speed_votes(probes, library, limits_for(library.size(), settings), progress, stop);
  std::vector<LinePair> open;
  for (std::size_t i = 0; i < probes.size(); ++i)
    for (const LineTrack& voted : votes[i]) {
      LinePair pair = pair_of(probes[i].id, voted, items);
      pair.known = find_pair(pairs, pair.a, pair.b);
      if (!pair.known || judge(pair.known->evidence, settings.thresholds).band != Band::automatic)
        open.push_back(std::move(pair));
    }

  PerThread<std::vector<MatchedPair>> found;
  Ticker ticker(progress, "verify speeds", open.size());
  parallel_for_ranges(open.size(), pairs_per_task, [&](std::size_t begin, std::size_t end) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
    for (std::size_t i = begin; i < end; ++i)
      if (auto evidence = evidence_of(open[i], settings.thresholds))
        found.local().push_back({open[i].a, open[i].b, *std::move(evidence)});
    ticker.add(end - begin);
  });
  std::vector<MatchedPair> more;
  for (std::vector<MatchedPair>& some : found)
    more.insert(more.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(more.begin(), more.end(), by_ids);
  std::erase_if(pairs, [&](const MatchedPair& pair) { return find_pair(more, pair.a, pair.b) != nullptr; });
  pairs.insert(pairs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(pairs.begin(), pairs.end(), by_ids);
}

Evidence best_of_all_speeds(Items a, Items b, const Evidence& at_one_speed, const Thresholds& thresholds) {
  JoinSettings settings;
  settings.thresholds = thresholds;
  std::vector<MatchedPair> pairs{{1, 2, at_one_speed}};
  const std::vector<IndexedTrack> tracks{{1, a}, {2, b}};
  probe_speeds(std::span(tracks).last(1), std::span(tracks).first(1), settings, pairs);
  return pairs.front().evidence;
}

}  // namespace echofold
