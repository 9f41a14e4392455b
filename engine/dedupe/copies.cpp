// Loads the copies of a plan: class pairs, verdicts, records, ranks.
#include "engine/dedupe/copies.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/decoded_copies.h"
#include "engine/dedupe/exact_copies.h"
#include "engine/dedupe/partner_guard.h"
#include "engine/dedupe/side.h"
#include "engine/dedupe/stored_heard.h"
#include "index/model/album.h"

namespace echofold {
namespace {

// If a file exists a hundred times, all its copies are compared with only some: the work must not grow with the square.
constexpr std::size_t most_compared = 16;

/// Counts the present tracks of each album in each folder. Tracks of an unknown album have no count: a folder of single
/// tracks is not a complete album.
class AlbumCounts {
 public:
  void count(const TrackRecord& track) {
    if (track.place != TrackPlace::present) return;
    if (const AlbumKey key = album_in_folder(track)) ++counts_[hash(*key)];
  }
  std::uint32_t of(const TrackRecord& track) const {
    const AlbumKey key = album_in_folder(track);
    const auto found = key ? counts_.find(hash(*key)) : counts_.end();
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  static std::size_t hash(const std::string& key) { return std::hash<std::string>{}(key); }
  std::unordered_map<std::size_t, std::uint32_t> counts_;  // by hash: a large library has many albums
};

/// Audible seconds at the ends of b that a does not have, by the evidence of (a, b). Before the overlap only one of the
/// two has begun, and after it only one goes on.
double missing_from_first_s(const Evidence& evidence, const TrackRecord& a, const TrackRecord& b) {
  const std::int64_t end_a = a.item_count, end_b = evidence.offset_items + std::int64_t{b.item_count};
  const double head = evidence.offset_items < 0 ? evidence.unmatched_head_s : 0;
  const double tail = end_b > end_a ? evidence.unmatched_tail_s : 0;
  return head + tail;
}

}  // namespace

Copies Copies::load(const Snapshot& snapshot, const PlanSettings& settings) {
  Copies result;
  AlbumCounts albums;
  snapshot.for_each_track([&](const TrackRecord& track) { albums.count(track); });
  result.thresholds_ = settings.thresholds;
  const TrackClasses classes = TrackClasses::load(snapshot);
  result.load_edges(snapshot, classes, settings);
  result.load_copies(snapshot, classes, settings, [&](const TrackRecord& track) { return albums.of(track); });
  return result;
}

void Copies::load_edges(const Snapshot& snapshot, const TrackClasses& classes, const PlanSettings& settings) {
  for (ClassPair& pair : load_class_pairs(snapshot, classes, settings.thresholds)) {
    const auto verdict = snapshot.verdict(classes.hash(pair.a), classes.hash(pair.b));
    if (verdict == Verdict::keep_both && !settings.redo) continue;
    Edge edge{std::move(pair), std::nullopt, std::nullopt, std::nullopt};
    if (settings.redo) edge.earlier_answer = verdict;
    if (verdict && verdict != Verdict::keep_both && edge.pair.a != edge.pair.b)
      (settings.redo ? edge.earlier_class : edge.chosen_class) =
          *verdict == Verdict::keep_a ? edge.pair.a : edge.pair.b;
    const std::size_t number = edges_.size();
    links_[edge.pair.a].push_back({edge.pair.b, number});
    if (edge.pair.a != edge.pair.b) links_[edge.pair.b].push_back({edge.pair.a, number});
    edges_.push_back(std::move(edge));
  }
  for (auto& [number, links] : links_)
    std::sort(links.begin(), links.end(), [](const Link& x, const Link& y) { return x.other < y.other; });
}

std::unordered_map<std::size_t, double> Copies::missing_seconds(
    const std::vector<std::size_t>& classes) const {
  std::unordered_map<std::size_t, const TrackRecord*> records;  // one for each class that takes part
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (const TrackRecord*& record = records[classes[i]]; record == nullptr || records_[i].quality.truncated)
      record = &records_[i];
  std::unordered_map<std::size_t, double> missing;
  const auto note = [&](std::size_t number, double seconds) {
    missing[number] = std::max(missing[number], seconds);
  };
  for (const auto& [pair, chosen, earlier, kept] : edges_) {
    const auto a = records.find(pair.a), b = records.find(pair.b);
    if (a == records.end() || b == records.end()) continue;
    const Judgement judgement =
        with_damaged_copy(pair.judgement, pair.evidence, *a->second, *b->second, thresholds_);
    if (judgement.relation != Relation::same_recording) continue;
    note(pair.a, missing_from_first_s(pair.evidence, *a->second, *b->second));
    note(pair.b, missing_from_first_s(reversed(pair.evidence), *b->second, *a->second));
  }
  return missing;
}

std::vector<Dropout> Copies::dropouts(
    const std::unordered_map<std::size_t, std::vector<std::size_t>>& records) const {
  std::vector<Dropout> worst(records_.size());
  const auto note = [&](std::size_t record, const Dropout& found) {
    if (is_damage(found) && found.length_s > worst[record].length_s) worst[record] = found;
  };
  for (const auto& [pair, chosen, earlier, kept] : edges_) {
    const auto a = records.find(pair.a), b = records.find(pair.b);
    if (a == records.end() || b == records.end()) continue;
    if (pair.evidence.has_other_speed()) continue;  // the levels have no common offset
    const bool same = pair.judgement.relation == Relation::same_recording;
    for (std::size_t i = 0; i < a->second.size(); ++i)
      for (std::size_t j = 0; j < b->second.size() && (i < most_compared || j < most_compared); ++j) {
        const std::size_t x = a->second[i], y = b->second[j];
        if (!same && !copy_with_hole(pair.evidence, records_[x], records_[y], thresholds_)) continue;
        const LevelDifference found = compare_levels(
            records_[x].quality.level_curve, records_[y].quality.level_curve, pair.evidence.offset_s());
        note(x, found.in_a);
        note(y, found.in_b);
      }
  }
  return worst;
}

std::vector<const TrackRecord*> Copies::sources(
    const std::unordered_map<std::size_t, std::vector<std::size_t>>& records,
    const PlanSettings& settings) const {
  std::vector<const TrackRecord*> found(records_.size(), nullptr);
  if (!settings.heard_so_far) return found;
  const auto note = [&](std::size_t x, std::size_t y) {
    const TrackRecord &a = records_[x], &b = records_[y];
    if (!a.properties.lossless || b.properties.lossless || !can_be_heard(a, b)) return;
    if (found[x] != nullptr && found[x]->id <= b.id) return;
    if (const auto heard = settings.heard_so_far(a, b); heard && is_decoded_from(a, b, *heard)) found[x] = &b;
  };
  for (const auto& [pair, chosen, earlier, kept] : edges_) {
    const auto a = records.find(pair.a), b = records.find(pair.b);
    if (a == records.end() || b == records.end() || !is_copy(pair.judgement.relation)) continue;
    for (std::size_t i = 0; i < a->second.size(); ++i)
      for (std::size_t j = 0; j < b->second.size() && (i < most_compared || j < most_compared); ++j) {
        note(a->second[i], b->second[j]);
        note(b->second[j], a->second[i]);
      }
  }
  return found;
}

std::vector<std::size_t> Copies::load_records(const Snapshot& snapshot, const TrackClasses& classes,
                                              const PlanSettings& settings) {
  std::unordered_set<std::size_t> wanted;  // classes with a copy that is
  std::vector<std::pair<std::size_t, TrackRecord>> others;
  std::vector<std::size_t> classes_of_records;
  DiskNames disk;
  Partners partners(disk);
  const auto take = [&](std::size_t number, TrackRecord track) {
    note_correction(track, partners);
    records_.push_back(std::move(track));
    classes_of_records.push_back(number);
  };
  for (const auto& [number, links] : links_)
    for (const TrackId id : classes.members(number)) {
      auto track = listed_member(snapshot, id, classes.hash(number));
      if (!track) continue;
      if (!echofold::is_wanted(*track, settings)) {
        others.emplace_back(number, *std::move(track));
        continue;
      }
      wanted.insert(number);
      take(number, *std::move(track));
    }
  for (auto& [number, track] : others) {
    const auto& links = links_.at(number);
    if (std::any_of(links.begin(), links.end(), [&](const Link& l) { return wanted.contains(l.other); }) &&
        is_there(track, settings))
      take(number, std::move(track));
  }
  return classes_of_records;
}

void Copies::load_copies(const Snapshot& snapshot, const TrackClasses& classes, const PlanSettings& settings,
                         const std::function<std::uint32_t(const TrackRecord&)>& album_tracks) {
  const std::vector<std::size_t> classes_of_records = load_records(snapshot, classes, settings);
  std::unordered_map<std::size_t, double> missing = missing_seconds(classes_of_records);
  std::unordered_map<std::size_t, std::vector<std::size_t>> records;
  for (std::size_t i = 0; i < records_.size(); ++i) records[classes_of_records[i]].push_back(i);
  const std::vector<Dropout> worst = dropouts(records);
  const std::vector<const TrackRecord*> source = sources(records, settings);
  std::vector<Ranked> unsorted(records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i)
    unsorted[i] = {&records_[i],
                   album_tracks(records_[i]),
                   missing[classes_of_records[i]],
                   is_new(records_[i], settings),
                   worst[i],
                   source[i]};
  std::vector<std::size_t> order(records_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return compare_copies(unsorted[x], unsorted[y], settings.rank).order < 0;
  });
  for (const std::size_t i : order) {
    copies_[classes_of_records[i]].push_back(ranked_.size());
    class_of_.push_back(classes_of_records[i]);
    ranked_.push_back(unsorted[i]);
    wanted_.push_back(echofold::is_wanted(records_[i], settings));
  }
}

void Copies::for_each_neighbour(Copy copy, const std::function<void(Copy, const Edge&)>& visit) const {
  for (const Link& link : links_.at(class_of_[copy])) {
    const auto others = copies_.find(link.other);
    if (others == copies_.end()) continue;
    for (const Copy other : others->second)
      if (other != copy && (wanted_[copy] || wanted_[other]) && !same_file(track(copy), track(other)))
        visit(other, edges_[link.edge]);
  }
}

const Copies::Edge* Copies::edge(Copy a, Copy b) const noexcept {
  const auto found = links_.find(class_of_[a]);
  if (found == links_.end()) return nullptr;
  const auto& links = found->second;
  const auto link = std::lower_bound(links.begin(), links.end(), class_of_[b],
                                     [](const Link& l, std::size_t number) { return l.other < number; });
  return link == links.end() || link->other != class_of_[b] ? nullptr : &edges_[link->edge];
}

std::optional<Copy> Copies::chosen(Copy a, Copy b) const noexcept {
  const Edge* between = edge(a, b);
  if (between == nullptr || !between->chosen_class) return std::nullopt;
  return *between->chosen_class == class_of_[a] ? a : b;
}

std::optional<Copy> Copies::chosen_earlier(Copy a, Copy b) const noexcept {
  const Edge* between = edge(a, b);
  if (between == nullptr || !between->earlier_class) return std::nullopt;
  return *between->earlier_class == class_of_[a] ? a : b;
}

double Copies::missing_s(Copy a, Copy b) const {
  return missing_from_first_s(evidence(a, b), track(a), track(b));
}

Judgement Copies::judgement(Copy a, Copy b) const {
  const Judgement& judgement = edge(a, b)->pair.judgement;
  if (judgement.relation == Relation::same_recording) return judgement;
  const Copy better = std::min(a, b), worse = std::max(a, b);
  const Evidence between = evidence(better, worse);
  if (damaged_copy(between, track(better), track(worse), thresholds_) != Damaged::b &&
      copy_with_hole(between, track(better), track(worse), thresholds_) != Damaged::b)
    return judgement;
  return with_damaged_copy(judgement, between, track(better), track(worse), thresholds_);
}

Evidence Copies::evidence(Copy a, Copy b) const {
  const Edge* between = edge(a, b);
  if (between == nullptr) return {};
  return between->pair.a == class_of_[a] ? between->pair.evidence : reversed(between->pair.evidence);
}

}  // namespace echofold
