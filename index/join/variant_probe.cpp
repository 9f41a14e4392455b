// Counts votes for each variant of a track, and measures the best few candidates.
#include "index/join/variant_probe.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/speed_votes.h"
#include "index/candidates/variant_keys.h"
#include "index/candidates/votes.h"
#include "index/join/candidate_choice.h"
#include "index/join/probe_set.h"
#include "index/join/speed_probe.h"
#include "index/pair/line.h"
#include "index/pair/variant_line.h"

namespace echofold {
namespace {

constexpr std::size_t probes_per_task = 4;
/// Of one candidate. Two neighbouring variants are both near the speed; the better one is seen by measuring.
constexpr std::size_t most_votes_of_a_track = 3;

/// A variant that agrees with a track at one offset.
struct VariantVote {
  std::uint32_t votes = 0;
  std::size_t variant = 0;  ///< number in SpeedVariants::variants
  std::int32_t offset = 0;  ///< position there minus position in the variant
};

struct Candidate {
  TrackId track = 0;
  std::vector<VariantVote> by_variants;  ///< best first
  std::uint32_t own_votes = 0;           ///< of the track itself
  std::uint32_t best() const noexcept {
    return std::max(own_votes, by_variants.empty() ? 0 : by_variants.front().votes);
  }
};

VoteLimits limits_of(const JoinSettings& settings, const KeySettings& keys) {
  VoteLimits limits = vote_limits(settings, keys, settings.variant_max_visits);
  limits.min_votes = std::min(settings.variant_votes, settings.variant_tempo_votes);
  limits.peaks = 1;
  return limits;
}

/// The tracks that one probe finds. Each thread needs its own.
class ProbeSearch {
 public:
  ProbeSearch(const CandidateIndex& index, const ItemsOf& items_of, const KnownEvidence& known,
              const JoinSettings& settings)
      : index_(index),
        items_of_(items_of),
        known_(known),
        settings_(settings),
        counter_(index, limits_of(settings, index.stamp().keys)),
        lines_({.keys = SpeedKeys::of_14_bits, .min_votes = settings.speed_probe_small_votes}) {}

  /// @param is_due  whether this probe has to look at a track
  template <class IsDue>
  void run(const IndexedTrack& probe, const SpeedVariants& variants, TrackId below, const IsDue& is_due,
           std::vector<MatchedPair>& out) {
    candidates_.clear();
    const KeySettings& keys = index_.stamp().keys;
    for (std::size_t number = 0; number < variants.variants.size(); ++number)
      for (const VotedTrack& voted : counter_.count(probe_keys(variants.variants[number], keys.mask), below))
        if (voted.votes >= settings_.variant_votes && voted.track != probe.id && is_due(voted.track))
          candidates_[voted.track].by_variants.push_back({voted.votes, number, voted.offsets.front()});
    std::vector<ProbeKey> own;
    for (const FiledItem& item : filed_items(probe.items, keys)) own.push_back({item.key, item.position});
    for (const VotedTrack& voted : counter_.count(own, below))
      if (voted.votes >= settings_.variant_tempo_votes && voted.track != probe.id && is_due(voted.track))
        candidates_[voted.track].own_votes = voted.votes;

    bool has_lines = false;
    for (const Candidate& candidate : best_candidates()) {
      if (candidate.own_votes > 0 && !std::exchange(has_lines, true)) lines_.set_probe(probe.items);
      if (auto evidence = evidence_of(probe, variants, candidate)) {
        const auto [a, b] = std::minmax(probe.id, candidate.track);
        out.push_back({a, b, *std::move(evidence)});
      }
    }
  }

 private:
  std::vector<Candidate> best_candidates() {
    std::vector<Candidate> best;
    for (auto& [track, candidate] : candidates_) {
      candidate.track = track;
      std::stable_sort(candidate.by_variants.begin(), candidate.by_variants.end(),
                       [](const VariantVote& x, const VariantVote& y) { return x.votes > y.votes; });
      if (candidate.by_variants.size() > most_votes_of_a_track)
        candidate.by_variants.resize(most_votes_of_a_track);
      best.push_back(std::move(candidate));
    }
    keep_best(
        best, settings_.variant_candidates, [](const Candidate& c) { return c.best(); },
        [](const Candidate& c) { return c.track; });
    std::sort(best.begin(), best.end(),
              [](const Candidate& x, const Candidate& y) { return x.track < y.track; });
    return best;
  }

  std::optional<Evidence> evidence_of(const IndexedTrack& probe, const SpeedVariants& variants,
                                      const Candidate& candidate) {
    const Items there = items_of_(candidate.track);
    if (there.empty()) return std::nullopt;  // the track is gone
    const bool is_b = candidate.track < probe.id;
    const Items a = is_b ? there : probe.items, b = is_b ? probe.items : there;
    const auto [first, second] = std::minmax(probe.id, candidate.track);
    const std::optional<Evidence> known = known_(first, second);
    if (known && judge(*known, settings_.thresholds).band == Band::automatic) return std::nullopt;

    std::optional<Evidence> best = evidence_of_variants(a, b, is_b, variants, candidate);
    if (candidate.own_votes > 0) {
      std::vector<Line> lines;
      for (const VotedLine& voted : lines_.find(there)) {
        const Line line{static_cast<double>(voted.start), voted.speed};
        lines.push_back(is_b ? line : line.exchanged());
      }
      auto along = evidence_along(a, b, lines, settings_.thresholds);
      if (along && (!best || along->corrected_ber < best->corrected_ber)) best = std::move(along);
    }
    if (!best || (known && !explains_more(*best, *known))) return std::nullopt;
    return best;
  }

  std::optional<Evidence> evidence_of_variants(Items a, Items b, bool is_b, const SpeedVariants& variants,
                                               const Candidate& candidate) const {
    VariantMatch best;
    for (const VariantVote& vote : candidate.by_variants) {
      const VariantMatch match = match_variant(is_b ? a : b, variants.variants[vote.variant], vote.offset);
      if (match.ber < best.ber) best = match;
    }
    if (!is_a_match(best, settings_.thresholds)) return std::nullopt;
    Evidence evidence = measure_along(a, b, is_b ? best.line : best.line.exchanged());
    evidence.ber = best.ber;
    evidence.corrected_ber = best.corrected_ber;
    evidence.contrast = best.contrast;
    if (!drifts(evidence) || judge(evidence, settings_.thresholds).relation == Relation::unrelated)
      return std::nullopt;
    return evidence;
  }

  const CandidateIndex& index_;
  const ItemsOf& items_of_;
  const KnownEvidence& known_;
  const JoinSettings& settings_;
  VoteCounter counter_;
  PairLines lines_;
  std::map<TrackId, Candidate> candidates_;
};

}  // namespace

std::vector<MatchedPair> probe_variants(const CandidateIndex& index, std::span<const IndexedTrack> probes,
                                        const VariantsOf& variants_of, const ItemsOf& items_of,
                                        const KnownEvidence& known, const JoinSettings& settings,
                                        const Progress& progress, const std::stop_token& stop) {
  const ProbeSet set(probes, index.track_ids());
  PerThread<ProbeSearch> searches([&] { return ProbeSearch(index, items_of, known, settings); });
  PerThread<std::vector<MatchedPair>> found;
  Ticker ticker(progress, "other speeds", probes.size());
  parallel_for_ranges(probes.size(), probes_per_task, [&](std::size_t begin, std::size_t end) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
    for (std::size_t i = begin; i < end; ++i) {
      const auto variants = variants_of(probes[i].id);
      if (!variants) continue;
      searches.local().run(
          probes[i], *variants, set.end_for(probes[i].id),
          [&](TrackId other) { return set.is_due(probes[i].id, other); }, found.local());
    }
    ticker.add(end - begin);
  });
  std::vector<MatchedPair> pairs;
  for (std::vector<MatchedPair>& some : found)
    pairs.insert(pairs.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(pairs.begin(), pairs.end(), [](const MatchedPair& x, const MatchedPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  });
  return pairs;
}

}  // namespace echofold
