// Pairs of classes written out as pairs of tracks.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "engine/dedupe/classes.h"
#include "engine/dedupe/match.h"

namespace echofold {
namespace {

using Records = std::unordered_map<TrackId, TrackRecord>;

/// The listed members of a class; of one with too many only the first.
std::vector<TrackId> shown_members(const TrackClasses& classes, std::size_t number, std::size_t max_class) {
  std::vector<TrackId> ids;
  for (const TrackClasses::Member& member : classes.members(number))
    if (member.listed) ids.push_back(member.id);
  if (ids.size() > max_class) ids.resize(1);
  return ids;
}

const TrackRecord* record(const Snapshot& snapshot, Records& records, TrackId id) {
  const auto known = records.find(id);
  if (known != records.end()) return &known->second;
  auto track = snapshot.track(id);
  return track ? &records.emplace(id, *std::move(track)).first->second : nullptr;
}

ListedPair listed(const TrackRecord& a, const TrackRecord& b, const ClassPair& pair) {
  const bool swapped = std::tie(b.path, b.id) < std::tie(a.path, a.id);
  ListedPair out{swapped ? b.id : a.id, swapped ? a.id : b.id,
                 swapped ? reversed(pair.evidence) : pair.evidence, with_title_guard(pair.judgement, a, b)};
  return out;
}

/// Within a class that is too large, its first member stands for it: it is paired with each other one.
void add_within(const TrackClasses& classes, const ClassPair& pair, std::size_t max_class,
                const std::function<void(TrackId, TrackId)>& add) {
  const std::vector<TrackId> ids = shown_members(classes, pair.a, classes.members(pair.a).size());
  const std::size_t firsts = ids.size() > max_class ? 1 : ids.size();
  for (std::size_t i = 0; i < firsts; ++i)
    for (std::size_t k = i + 1; k < ids.size(); ++k) add(ids[i], ids[k]);
}

void add_between(const TrackClasses& classes, const ClassPair& pair, std::size_t max_class,
                 const std::function<void(TrackId, TrackId)>& add) {
  const std::vector<TrackId> of_b = shown_members(classes, pair.b, max_class);
  for (const TrackId a : shown_members(classes, pair.a, max_class))
    for (const TrackId b : of_b) add(a, b);
}

}  // namespace

Judgement with_title_guard(const Judgement& judgement, const TrackRecord& a, const TrackRecord& b) {
  if (judgement.band != Band::automatic || !title_guard(a, b)) return judgement;
  return {judgement.relation, Band::review, "title"};
}

std::vector<ListedPair> list_pairs(const Snapshot& snapshot, const Thresholds& thresholds,
                                   std::size_t max_class) {
  const TrackClasses classes = TrackClasses::load(snapshot);
  Records records;
  std::vector<ListedPair> pairs;
  for (const ClassPair& pair : load_class_pairs(snapshot, classes, thresholds)) {
    const auto add = [&](TrackId x, TrackId y) {
      const TrackRecord* a = record(snapshot, records, x);
      const TrackRecord* b = record(snapshot, records, y);
      if (a != nullptr && b != nullptr) pairs.push_back(listed(*a, *b, pair));
    };
    if (pair.a == pair.b)
      add_within(classes, pair, max_class, add);
    else
      add_between(classes, pair, max_class, add);
  }
  const auto path = [&](TrackId id) -> const std::string& { return records.at(id).path; };
  std::sort(pairs.begin(), pairs.end(), [&](const ListedPair& x, const ListedPair& y) {
    return std::tie(path(x.a), path(x.b), x.a, x.b) < std::tie(path(y.a), path(y.b), y.a, y.b);
  });
  return pairs;
}

}  // namespace echofold
