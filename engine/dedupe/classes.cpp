// Collapses tracks by the hash of their items, and turns pairs of tracks into pairs of classes.
#include "engine/dedupe/classes.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "engine/dedupe/match.h"
#include "index/base/error.h"
#include "index/pair/measure.h"

namespace echofold {
namespace {

std::vector<ClassPair> stored_pairs(const Snapshot& snapshot, const TrackClasses& classes,
                                    const Thresholds& thresholds) {
  std::vector<ClassPair> pairs;
  snapshot.for_each_pair([&](TrackId a, TrackId b, const Evidence& evidence) {
    const auto of_a = classes.class_of(a), of_b = classes.class_of(b);
    if (!of_a || !of_b || *of_a == *of_b) return;
    const Judgement judgement = judge(evidence, thresholds);
    if (judgement.band == Band::none) return;
    if (*of_a < *of_b)
      pairs.push_back({*of_a, *of_b, evidence, judgement});
    else
      pairs.push_back({*of_b, *of_a, reversed(evidence), judgement});
  });
  return pairs;
}

bool has_two_listed(const Snapshot& snapshot, const TrackClasses& classes, std::size_t number) {
  if (classes.members(number).size() < 2) return false;
  std::size_t listed = 0;
  for (const TrackId id : classes.members(number))
    listed += listed_member(snapshot, id, classes.hash(number)).has_value();
  return listed >= 2;
}

void add_pairs_within(const Snapshot& snapshot, const TrackClasses& classes, const Thresholds& thresholds,
                      std::vector<ClassPair>& pairs) {
  for (std::size_t number = 0; number < classes.size(); ++number) {
    if (!has_two_listed(snapshot, classes, number)) continue;
    const Items items = snapshot.items(classes.representative(number));
    Evidence evidence = measure(items, items, 0);
    const Judgement judgement = judge(evidence, thresholds);
    if (judgement.band != Band::none) pairs.push_back({number, number, std::move(evidence), judgement});
  }
}

}  // namespace

TrackClasses TrackClasses::load(const Snapshot& snapshot) {
  TrackClasses result;
  result.members_.reserve(snapshot.track_count());
  result.classes_.reserve(snapshot.track_count());
  snapshot.for_each_fingerprint([&](const Hash128& hash, TrackId id) {
    if (result.classes_.empty() || result.classes_.back().hash != hash)
      result.classes_.push_back({hash, result.members_.size(), 0});
    ++result.classes_.back().count;
    result.members_.push_back(id);
  });
  std::sort(result.classes_.begin(), result.classes_.end(), [&](const Class& x, const Class& y) {
    return result.members_[x.first] < result.members_[y.first];
  });
  result.class_of_.reserve(result.members_.size());
  for (std::size_t number = 0; number < result.classes_.size(); ++number)
    for (const TrackId id : result.members(number))
      result.class_of_.emplace_back(id, static_cast<std::uint32_t>(number));
  std::sort(result.class_of_.begin(), result.class_of_.end());
  return result;
}

std::span<const TrackId> TrackClasses::members(std::size_t number) const noexcept {
  return std::span(members_).subspan(classes_[number].first, classes_[number].count);
}

std::optional<std::size_t> TrackClasses::class_of(TrackId id) const noexcept {
  const auto found =
      std::lower_bound(class_of_.begin(), class_of_.end(), std::pair<TrackId, std::uint32_t>{id, 0});
  if (found == class_of_.end() || found->first != id) return std::nullopt;
  return found->second;
}

std::optional<TrackRecord> listed_member(const Snapshot& snapshot, TrackId id, const Hash128& hash) {
  auto track = snapshot.track(id);
  if (!track || track->status != TrackStatus::fingerprinted || track->items_hash != hash)
    throw Error(Fault::damaged, "the library's table of identical fingerprints is wrong about track " +
                                    std::to_string(id) + ": restore the library from a backup");
  if (track->place != TrackPlace::present && track->place != TrackPlace::imported) return std::nullopt;
  return track;
}

std::vector<ClassPair> load_class_pairs(const Snapshot& snapshot, const TrackClasses& classes,
                                        const Thresholds& thresholds) {
  std::vector<ClassPair> pairs = stored_pairs(snapshot, classes, thresholds);
  add_pairs_within(snapshot, classes, thresholds, pairs);
  const auto by_classes = [](const ClassPair& x, const ClassPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  };
  // If a representative was replaced, two stored pairs of the same classes remain: the older one counts.
  std::stable_sort(pairs.begin(), pairs.end(), by_classes);
  const auto same = [](const ClassPair& x, const ClassPair& y) { return x.a == y.a && x.b == y.b; };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  return pairs;
}

}  // namespace echofold
