// Measures labelled pairs one by one, and other pairs by the same join as for a library.
#include "engine/tune/measure.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/dedupe/title_guard.h"
#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/candidates/candidate_index.h"
#include "index/join/join.h"
#include "index/pair/align.h"
#include "index/pair/measure.h"

namespace echofold {
namespace {

using Places = std::pair<std::size_t, std::size_t>;  // in LoadedTracks::tracks, the lower one first

bool titles_differ(const LoadedTracks& tracks, std::size_t a, std::size_t b) {
  return title_guard(tracks.tracks[a].record, tracks.tracks[b].record).has_value();
}

void measure_labelled(Measurements& measured, const LoadedTracks& tracks, const Progress& progress,
                      const std::stop_token& stop) {
  Ticker ticker(progress, "labelled pairs", measured.pairs.size());
  const auto measure_one = [&](MeasuredPair& pair) {
    const LoadedTrack &a = tracks.tracks[pair.a], &b = tracks.tracks[pair.b];
    if (!a.items.empty() && !b.items.empty()) pair.evidence = exhaustive_alignment(a.items, b.items);
    pair.titles_differ = titles_differ(tracks, pair.a, pair.b);
  };
  parallel_for_ranges(measured.pairs.size(), 4, [&](std::size_t begin, std::size_t end) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while measuring the labelled pairs");
    for (std::size_t i = begin; i < end; ++i) measure_one(measured.pairs[i]);
    ticker.add(end - begin);
  });
}

void place_labelled(Measurements& measured, const LabelledSet& set, const LoadedTracks& tracks) {
  for (const LabelledPair& pair : set.pairs) {
    const auto a = tracks.find(pair.a), b = tracks.find(pair.b);
    if (a && b)
      measured.pairs.push_back({*a, *b, pair.label, pair.treatment, false, {}});
    else
      ++measured.left_out;
  }
  measured.labelled = measured.pairs.size();
}

/// The classes of the tracks, indexed as in a library. The id of a class is its number + 1.
struct Classes {
  explicit Classes(const LoadedTracks& tracks) {
    std::map<Hash128, std::size_t> numbers;
    for (std::size_t i = 0; i < tracks.tracks.size(); ++i) {
      const LoadedTrack& track = tracks.tracks[i];
      if (track.record.status != TrackStatus::fingerprinted || track.items.empty()) continue;
      const auto [number, is_new] = numbers.try_emplace(hash_items(track.items), members.size());
      if (is_new) {
        members.emplace_back();
        indexed.push_back({members.size(), track.items});
      }
      members[number->second].push_back(i);
    }
  }

  const std::vector<std::size_t>& members_of(TrackId name) const { return members[name - 1]; }

  std::vector<std::vector<std::size_t>> members;
  std::vector<IndexedTrack> indexed;
};

/// Adds pairs without a label whose files share no original.
class Strangers {
 public:
  Strangers(const Manifest& manifest, const LoadedTracks& tracks, Measurements& measured)
      : manifest_(manifest), tracks_(tracks), measured_(measured) {
    for (const LoadedTrack& track : tracks.tracks) sets_.push_back(manifest.set_of(track.path));
    for (const MeasuredPair& pair : measured.pairs) labelled_.insert(std::minmax(pair.a, pair.b));
  }

  void add(std::size_t a, std::size_t b, const Evidence& evidence) {
    if (!manifest_.strangers(sets_[a], sets_[b]) || labelled_.contains(std::minmax(a, b))) return;
    measured_.pairs.push_back({std::min(a, b), std::max(a, b), Label::different, "",
                               titles_differ(tracks_, a, b), a < b ? evidence : reversed(evidence)});
  }

  /// The number of all such pairs, candidates or not.
  std::uint64_t count() const {
    const auto known = std::count_if(labelled_.begin(), labelled_.end(), [&](const Places& pair) {
      return manifest_.strangers(sets_[pair.first], sets_[pair.second]);
    });
    return manifest_.stranger_pairs(sets_) - static_cast<std::uint64_t>(known);
  }

 private:
  const Manifest& manifest_;
  const LoadedTracks& tracks_;
  Measurements& measured_;
  std::vector<std::size_t> sets_;  // of a track
  std::set<Places> labelled_;
};

void measure_strangers(Measurements& measured, const Manifest& manifest, const LoadedTracks& tracks,
                       const MatchSettings& settings, const Progress& progress, const std::stop_token& stop) {
  const Classes classes(tracks);
  CandidateIndex index = CandidateIndex::empty({0, 0, settings.keys});
  if (!classes.indexed.empty()) index.add(classes.indexed);
  const ItemsOf items_of = [&](TrackId name) { return classes.indexed[name - 1].items; };

  Strangers strangers(manifest, tracks, measured);
  for (const MatchedPair& pair : join(index, classes.indexed, items_of, settings.join, progress, stop))
    for (const std::size_t a : classes.members_of(pair.a))
      for (const std::size_t b : classes.members_of(pair.b)) strangers.add(a, b, pair.evidence);
  for (const IndexedTrack& track : classes.indexed) {
    const auto& members = classes.members_of(track.id);
    if (members.size() < 2) continue;
    const Evidence evidence = measure(track.items, track.items, 0);
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t k = i + 1; k < members.size(); ++k) strangers.add(members[i], members[k], evidence);
  }
  std::sort(
      measured.pairs.begin() + static_cast<std::ptrdiff_t>(measured.labelled), measured.pairs.end(),
      [](const MeasuredPair& x, const MeasuredPair& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  measured.never_offered = strangers.count() - (measured.pairs.size() - measured.labelled);
}

}  // namespace

Judgement judge(const MeasuredPair& pair, const Thresholds& thresholds) {
  const Judgement judgement = judge(pair.evidence, thresholds);
  if (judgement.band != Band::automatic || !pair.titles_differ) return judgement;
  return {judgement.relation, Band::review, guard_of_titles};
}

Measurements measure_pairs(const LabelledSet& set, const LoadedTracks& tracks, const MatchSettings& settings,
                           const Progress& progress, const std::stop_token& stop) {
  Measurements measured;
  place_labelled(measured, set, tracks);
  measure_labelled(measured, tracks, progress, stop);
  if (set.manifest) measure_strangers(measured, *set.manifest, tracks, settings, progress, stop);
  return measured;
}

}  // namespace echofold
