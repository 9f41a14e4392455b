// Pairs of classes written out as pairs of tracks.
#include "engine/dedupe/list_pairs.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "engine/dedupe/classes.h"
#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/match.h"
#include "engine/dedupe/stored_heard.h"
#include "engine/dedupe/title_guard.h"
#include "index/pair/hearing.h"

namespace echofold {
namespace {

/// The listed members of classes, and their records: each is read once.
class ListedMembers {
 public:
  ListedMembers(const Snapshot& snapshot, const TrackClasses& classes)
      : snapshot_(snapshot), classes_(classes) {}

  std::span<const TrackId> of(std::size_t number) {
    const auto [place, is_new] = ids_.try_emplace(number);
    if (!is_new) return place->second;
    for (const TrackId id : classes_.members(number)) {
      auto track = listed_member(snapshot_, id, classes_.hash(number));
      if (!track) continue;
      place->second.push_back(id);
      records_.emplace(id, *std::move(track));
    }
    return place->second;
  }
  const TrackRecord& record(TrackId id) const { return records_.at(id); }

 private:
  const Snapshot& snapshot_;
  const TrackClasses& classes_;
  std::unordered_map<std::size_t, std::vector<TrackId>> ids_;
  std::unordered_map<TrackId, TrackRecord> records_;
};

using Add = std::function<void(TrackId, TrackId)>;

/// Nothing for pairs that nobody listens to.
std::optional<Heard> heard_of(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                              const ListedPair& pair) {
  return is_worth_hearing(pair.judgement, pair.evidence) ? stored_heard(snapshot, a, b) : std::nullopt;
}

ListedPair listed(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b, const ClassPair& pair,
                  const Thresholds& thresholds) {
  const bool swapped = std::tie(b.path, b.id) < std::tie(a.path, a.id);
  ListedPair out{swapped ? b.id : a.id, swapped ? a.id : b.id,
                 swapped ? reversed(pair.evidence) : pair.evidence,
                 with_damaged_copy(pair.judgement, pair.evidence, a, b, thresholds)};
  out.heard = swapped ? heard_of(snapshot, b, a, out) : heard_of(snapshot, a, b, out);
  if (out.heard) out.judgement = with_hearing(out.judgement, out.evidence, *out.heard, thresholds);
  out.judgement = with_title_guard(out.judgement, a, b);
  return out;
}

/// In a class that is too large only the first member is paired with each other one.
void add_within(std::span<const TrackId> ids, std::size_t max_class, const Add& add) {
  const std::size_t firsts = ids.size() > max_class ? 1 : ids.size();
  for (std::size_t i = 0; i < firsts; ++i)
    for (std::size_t k = i + 1; k < ids.size(); ++k) add(ids[i], ids[k]);
}

/// Of a class that is too large only the first member is shown.
void add_between(std::span<const TrackId> of_a, std::span<const TrackId> of_b, std::size_t max_class,
                 const Add& add) {
  const auto shown = [&](std::span<const TrackId> ids) {
    return ids.size() > max_class ? ids.first(1) : ids;
  };
  for (const TrackId a : shown(of_a))
    for (const TrackId b : shown(of_b)) add(a, b);
}

std::vector<ListedPair> by_path(std::vector<ListedPair> pairs, const ListedMembers& members) {
  using Place = std::tuple<std::string_view, std::string_view, TrackId, TrackId, std::size_t>;
  std::vector<Place> order;  // a pair is large: moving it is slow
  order.reserve(pairs.size());
  for (const ListedPair& pair : pairs)
    order.emplace_back(members.record(pair.a).path, members.record(pair.b).path, pair.a, pair.b,
                       order.size());
  std::sort(order.begin(), order.end());
  std::vector<ListedPair> sorted;
  sorted.reserve(pairs.size());
  for (const Place& place : order) sorted.push_back(std::move(pairs[std::get<4>(place)]));
  return sorted;
}

}  // namespace

std::vector<ListedPair> list_pairs(const Snapshot& snapshot, const Thresholds& thresholds,
                                   std::size_t max_class) {
  const TrackClasses classes = TrackClasses::load(snapshot);
  ListedMembers members(snapshot, classes);
  std::vector<ListedPair> pairs;
  for (const ClassPair& pair : load_class_pairs(snapshot, classes, thresholds)) {
    const auto add = [&](TrackId x, TrackId y) {
      pairs.push_back(listed(snapshot, members.record(x), members.record(y), pair, thresholds));
    };
    if (pair.a == pair.b)
      add_within(members.of(pair.a), max_class, add);
    else
      add_between(members.of(pair.a), members.of(pair.b), max_class, add);
  }
  return by_path(std::move(pairs), members);
}

}  // namespace echofold
