// Looks at one pair: the verdict, the audio, the stored evidence, and last the fingerprints themselves.
#include "engine/dedupe/matched.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/dedupe/classes.h"
#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/exact_copies.h"
#include "engine/dedupe/match.h"
#include "index/pair/align.h"
#include "index/pair/measure.h"

namespace echofold {
namespace {

bool has_fingerprint(const TrackRecord& track) noexcept {
  return track.status == TrackStatus::fingerprinted && track.item_count > 0;
}

/// The track whose pairs are stored for its whole class; nothing if the table and the records disagree.
std::optional<TrackId> representative(const Snapshot& snapshot, const TrackRecord& track) {
  const std::vector<TrackId> alike = snapshot.tracks_with(track.items_hash);
  if (alike.empty()) return std::nullopt;
  const auto first = snapshot.track(alike.front());
  if (!first || first->items_hash != track.items_hash) return std::nullopt;
  return first->id;
}

/// The evidence of (a, b) as `plan` would see it.
std::optional<Evidence> stored_evidence(const Snapshot& snapshot, const TrackRecord& a,
                                        const TrackRecord& b) {
  if (a.items_hash == b.items_hash) {
    const Items items = snapshot.items(a.id);
    return measure(items, items, 0);
  }
  const auto of_a = representative(snapshot, a), of_b = representative(snapshot, b);
  if (!of_a || !of_b) return std::nullopt;
  auto evidence = snapshot.pair(std::min(*of_a, *of_b), std::max(*of_a, *of_b));
  if (evidence && *of_b < *of_a) return reversed(*evidence);
  return evidence;
}

/// Tries every offset. Very long tracks are only compared from their starts.
Evidence measured_evidence(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b) {
  constexpr std::uint64_t most = std::uint64_t{1} << 28;  // comparisons of items: two tracks of half an hour
  const Items of_a = snapshot.items(a.id), of_b = snapshot.items(b.id);
  if (std::uint64_t{of_a.size()} * of_b.size() <= most) return exhaustive_alignment(of_a, of_b);
  const std::int32_t start[] = {0};
  return best_alignment(of_a, of_b, start);
}

Relation relation_of(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                     const Thresholds& thresholds) {
  return with_damaged_copy(judge(evidence, thresholds), evidence, a, b, thresholds).relation;
}

Matched matched_by(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b,
                   const Thresholds& thresholds) {
  const Relation relation = relation_of(evidence, a, b, thresholds);
  if (relation == Relation::same_recording ||
      relation_of(evidence, a, b, Thresholds{}) == Relation::same_recording)
    return Matched::copies;
  switch (relation) {
    case Relation::edit:
      return Matched::edit;
    case Relation::version:
      return Matched::version;
    case Relation::insufficient:
      return Matched::insufficient;
    case Relation::same_recording:
    case Relation::remaster:
    case Relation::unrelated:
      break;
  }
  return Matched::strangers;
}

}  // namespace

Matched matched(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                const Thresholds& thresholds) {
  const bool comparable = has_fingerprint(a) && has_fingerprint(b);
  // All tracks without a fingerprint have one hash: an answer about two of them says nothing about others.
  if (comparable)
    if (const auto verdict = snapshot.verdict(a.items_hash, b.items_hash))
      return *verdict == Verdict::keep_both ? Matched::kept_both : Matched::copies;
  if (same_audio(a, b)) return Matched::copies;
  if (!comparable) return Matched::strangers;
  if (const auto evidence = stored_evidence(snapshot, a, b)) return matched_by(*evidence, a, b, thresholds);
  return matched_by(measured_evidence(snapshot, a, b), a, b, thresholds);
}

}  // namespace echofold
