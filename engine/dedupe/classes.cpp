// Collapse by hash of the items, and pairs of tracks seen as pairs of classes.
#include "engine/dedupe/classes.h"

#include <algorithm>
#include <tuple>

#include "engine/dedupe/match.h"

namespace echofold {
namespace {

struct Entry {
  ItemsHash hash;
  TrackClasses::Member member;
};

bool is_listed(TrackPlace place) noexcept {
  return place == TrackPlace::present || place == TrackPlace::imported;
}

std::vector<Entry> fingerprinted_tracks(const Snapshot& snapshot,
                                        const std::function<void(const TrackRecord&)>& also) {
  std::vector<Entry> entries;
  entries.reserve(snapshot.track_count());
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (also) also(track);
    if (track.status == TrackStatus::fingerprinted && track.item_count > 0)
      entries.push_back({track.items_hash, {track.id, is_listed(track.place)}});
  });
  return entries;
}

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

void add_pairs_within(const Snapshot& snapshot, const TrackClasses& classes, const Thresholds& thresholds,
                      std::vector<ClassPair>& pairs) {
  for (std::size_t number = 0; number < classes.size(); ++number) {
    if (classes.listed_count(number) < 2) continue;
    const Items items = snapshot.items(classes.representative(number));
    Evidence evidence = measure(items, items, 0);
    const Judgement judgement = judge(evidence, thresholds);
    if (judgement.band != Band::none) pairs.push_back({number, number, std::move(evidence), judgement});
  }
}

}  // namespace

TrackClasses TrackClasses::load(const Snapshot& snapshot,
                                const std::function<void(const TrackRecord&)>& also) {
  std::vector<Entry> entries = fingerprinted_tracks(snapshot, also);
  std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
    return std::tie(x.hash, x.member.id) < std::tie(y.hash, y.member.id);
  });
  TrackClasses result;
  result.members_.reserve(entries.size());
  for (const Entry& entry : entries) {
    if (result.classes_.empty() || result.classes_.back().hash != entry.hash)
      result.classes_.push_back({entry.hash, result.members_.size(), 0});
    ++result.classes_.back().count;
    result.members_.push_back(entry.member);
  }
  std::sort(result.classes_.begin(), result.classes_.end(), [&](const Class& x, const Class& y) {
    return result.members_[x.first].id < result.members_[y.first].id;
  });
  result.class_of_.reserve(entries.size());
  for (std::size_t number = 0; number < result.classes_.size(); ++number)
    for (const Member& member : result.members(number))
      result.class_of_.emplace_back(member.id, static_cast<std::uint32_t>(number));
  std::sort(result.class_of_.begin(), result.class_of_.end());
  return result;
}

std::span<const TrackClasses::Member> TrackClasses::members(std::size_t number) const noexcept {
  return std::span(members_).subspan(classes_[number].first, classes_[number].count);
}

std::vector<TrackId> TrackClasses::representatives() const {
  std::vector<TrackId> ids(size());
  for (std::size_t number = 0; number < size(); ++number) ids[number] = representative(number);
  return ids;
}

std::size_t TrackClasses::listed_count(std::size_t number) const noexcept {
  const auto all = members(number);
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Member& m) { return m.listed; }));
}

std::optional<std::size_t> TrackClasses::class_of(TrackId id) const noexcept {
  const auto found =
      std::lower_bound(class_of_.begin(), class_of_.end(), std::pair<TrackId, std::uint32_t>{id, 0});
  if (found == class_of_.end() || found->first != id) return std::nullopt;
  return found->second;
}

std::vector<ClassPair> load_class_pairs(const Snapshot& snapshot, const TrackClasses& classes,
                                        const Thresholds& thresholds) {
  std::vector<ClassPair> pairs = stored_pairs(snapshot, classes, thresholds);
  add_pairs_within(snapshot, classes, thresholds, pairs);
  const auto by_classes = [](const ClassPair& x, const ClassPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  };
  // Two stored pairs of the same classes are left where a representative was replaced: the older one counts.
  std::stable_sort(pairs.begin(), pairs.end(), by_classes);
  const auto same = [](const ClassPair& x, const ClassPair& y) { return x.a == y.a && x.b == y.b; };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  return pairs;
}

}  // namespace echofold
