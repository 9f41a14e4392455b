// Joins new tracks against the library, and stores the evidence.
//
// The set of the representatives that were paired is stored ("match.paired") in the transaction that also stores the
// last of their pairs. When an older track of a class is removed, the track that becomes its representative is not in
// the set, so the next call joins it like a new track. paired_through alone could not show that.
#include "engine/dedupe/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <string_view>

#include "engine/dedupe/id_set.h"
#include "engine/dedupe/index_file.h"
#include "engine/dedupe/variant_pairs.h"
#include "index/base/error.h"
#include "index/join/library_join.h"
#include "index/join/mapped_items.h"
#include "index/pair/line.h"

namespace echofold {
namespace {

constexpr std::string_view settings_key = "match.settings";
constexpr std::string_view paired_key = "match.paired";
constexpr std::size_t batch_pairs = 5000;

/// All settings that decide which pairs are stored and with which evidence, but not how they are judged later. The
/// number at the start increases whenever evidence is measured in another way.
std::string text_of(const MatchSettings& s) {
  const KeySettings& k = s.keys;
  const JoinSettings& j = s.join;
  const Thresholds& t = j.thresholds;
  return fmt::format("5 keys {:08x} {} {} {}", k.mask, k.sampling, k.max_per_track, k.min_keys) +
         fmt::format(" votes {} {} {} {}", j.min_votes, j.min_votes_alike, j.alike_duration_s,
                     j.offsets_per_pair) +
         fmt::format(" stop {} {} {} {}", j.stop_tracks, j.stop_walk, j.max_visits, j.max_candidates) +
         fmt::format(" second {} {} {}", j.second_probe_radius, j.second_probe_max_tracks,
                     j.second_probe_max_visits) +
         fmt::format(" third {} {} {} {}", j.third_probe_max_library, j.third_probe_votes,
                     j.third_probe_offsets, j.third_probe_hopeless_ber) +
         fmt::format(" speed {} {} {} {} {} {} {} {}", j.speed_probe_max_library, j.speed_probe_votes,
                     j.speed_probe_small_library, j.speed_probe_small_votes, j.speed_probe_candidates,
                     t.max_speed_ber, t.min_speed_contrast, t.min_speed_coverage) +
         fmt::format(" library {} {:08x} {} {} {} {} {} {}", s.library_join_from, j.library_keys.mask,
                     j.library_keys.sampling, j.library_keys.max_per_track, j.library_keys.min_keys,
                     j.library_max_visits, j.library_stop_walk, j.library_max_of_many) +
         fmt::format(" related {} {} {} {} {} {}", t.related_corrected_ber, t.min_contrast, t.min_informative,
                     t.sure_informative, t.window_ber, t.chance_coverage) +
         fmt::format(" edit {} {} {} {}", t.edit_min_matched_s, t.foreign_ber, t.replaced_ber, t.max_cut_s);
}

void start_over_if_changed(Store& store, const MatchSettings& settings) {
  const std::string text = text_of(settings);
  const auto known = store.snapshot().meta(settings_key);
  if (known == text) return;
  store.write([&](Writer& writer) {
    writer.drop_pairs();
    forget_variant_pairs(writer);
    writer.put_meta(settings_key, text);
  });
}

/// Empty if the pairs were dropped.
std::vector<TrackId> paired_tracks(const Snapshot& snapshot) {
  if (snapshot.paired_through() == 0) return {};
  const auto bytes = snapshot.meta(paired_key);
  if (!bytes) return {};
  return decode_ids(*bytes).value_or(std::vector<TrackId>{});
}

struct Work {
  std::vector<TrackId> representatives, probes;
  TrackId last = 0;
  bool noted = false;  ///< the store already has everything that this call would store
};

Work find_work(const Store& store) {
  const Snapshot snapshot = store.snapshot();
  Work work;
  work.representatives = snapshot.representatives();
  work.last = snapshot.last_track_id();
  const std::vector<TrackId> paired = paired_tracks(snapshot);
  std::set_difference(work.representatives.begin(), work.representatives.end(), paired.begin(), paired.end(),
                      std::back_inserter(work.probes));
  work.noted = work.last == snapshot.paired_through() && paired == work.representatives;
  return work;
}

void stop_if_asked(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for matching pairs");
}

std::vector<MatchedPair> join_probes(const Store& store, const MatchSettings& settings, const Work& work,
                                     const Progress& progress, const std::stop_token& stop) {
  if (work.probes.empty()) return {};
  const Snapshot snapshot = store.snapshot();
  const CandidateIndex index = open_whole_index(store, snapshot, work.representatives, settings.keys);
  // A track that was removed after the file was built is still in it. It has no items, so nothing matches it.
  const ItemsOf items_of = [&](TrackId id) { return snapshot.items(id); };
  std::vector<MatchedPair> pairs =
      join(index, with_items(snapshot, work.probes), items_of, settings.join, progress, stop);
  std::erase_if(pairs, [&](const MatchedPair& pair) {
    const auto& known = work.representatives;
    return !std::binary_search(known.begin(), known.end(), pair.a) ||
           !std::binary_search(known.begin(), known.end(), pair.b);
  });
  return pairs;
}

bool is_worth_a_library_join(const Work& work, const MatchSettings& settings) {
  constexpr std::size_t share = 8;
  return work.representatives.size() >= settings.library_join_from &&
         work.probes.size() * share >= work.representatives.size();
}

/// Passes progress on, and from time to time releases the pages of the library that were read: the items of 500,000
/// tracks take 2 GB, as much as everything that a join makes of them.
class LeanProgress {
 public:
  LeanProgress(const Progress& progress, std::span<const IndexedTrack> tracks)
      : progress_(progress), items_(tracks) {
    items_.forget();
  }
  ~LeanProgress() { items_.forget(); }
  void operator()(std::string_view stage, std::uint64_t done, std::uint64_t total) {
    if (progress_) progress_(stage, done, total);
    if (++calls_ % 16 == 0) items_.forget();
  }

 private:
  const Progress& progress_;
  MappedItems items_;
  std::size_t calls_ = 0;
};

/// Also finds pairs of tracks that were paired before. They equal the stored ones, or those that a probe of the index
/// found, which are as good.
std::vector<MatchedPair> join_representatives(const Store& store, const MatchSettings& settings,
                                              const Work& work, const Progress& progress,
                                              const std::stop_token& stop) {
  const Snapshot snapshot = store.snapshot();
  const std::vector<IndexedTrack> tracks = with_items(snapshot, work.representatives);
  LeanProgress lean(progress, tracks);
  return join_library(tracks, settings.join, std::ref(lean), stop);
}

/// If this is interrupted, the next call finds these pairs again: nothing marks them as complete yet.
void store_pairs(Store& store, const std::vector<MatchedPair>& pairs, const Work& work,
                 const std::stop_token& stop) {
  std::size_t begin = 0;
  const auto put = [&](Writer& writer, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) writer.put_pair(pairs[i].a, pairs[i].b, pairs[i].evidence);
  };
  for (; pairs.size() - begin > batch_pairs; begin += batch_pairs) {
    stop_if_asked(stop);
    store.write([&](Writer& writer) { put(writer, begin + batch_pairs); });
  }
  const std::string paired = encode_ids(work.representatives);
  store.write([&](Writer& writer) {
    put(writer, pairs.size());
    writer.put_meta(paired_key, paired);
    writer.set_paired_through(work.last);
  });
}

/// A pair that is known to play at another speed is one at one speed only if that is beyond doubt.
void keep_other_speeds(const Store& store, const MatchSettings& settings, std::vector<MatchedPair>& pairs) {
  const Snapshot snapshot = store.snapshot();
  std::erase_if(pairs, [&](const MatchedPair& pair) {
    if (pair.evidence.has_other_speed() ||
        judge(pair.evidence, settings.join.thresholds).band == Band::automatic)
      return false;
    const auto stored = snapshot.pair(pair.a, pair.b);
    return stored && stored->has_other_speed();
  });
}

/// b's time begins elsewhere, and all that is counted in items of b stays as it is.
Evidence reversed_line(const Evidence& evidence) {
  const Line line = Line{evidence.offset_items + evidence.phase_items, evidence.speed}.exchanged();
  Evidence out = evidence;
  out.speed = line.speed;
  out.offset_items = static_cast<std::int32_t>(std::lround(line.start_items));
  out.phase_items = line.start_items - out.offset_items;
  return out;
}

/// Those at other speeds that the speed probe finds are among them (index/join/join.h).
void update_pairs_at_one_speed(Store& store, const MatchSettings& settings, const Work& work,
                               const Progress& progress, const std::stop_token& stop) {
  stop_if_asked(stop);
  if (is_worth_a_library_join(work, settings)) {
    std::vector<MatchedPair> pairs = join_representatives(store, settings, work, progress, stop);
    keep_other_speeds(store, settings, pairs);
    store_pairs(store, pairs, work, stop);
    stop_if_asked(stop);
    renew_index_file(store, work.representatives, settings.keys, false, progress);
    return;
  }
  renew_index_file(store, work.representatives, settings.keys, !work.probes.empty(), progress);
  stop_if_asked(stop);
  const std::vector<MatchedPair> pairs = join_probes(store, settings, work, progress, stop);
  if (!work.noted) store_pairs(store, pairs, work, stop);
}

}  // namespace

void update_pairs(Store& store, const MatchSettings& settings, const Progress& progress,
                  const std::stop_token& stop) {
  start_over_if_changed(store, settings);
  const Work work = find_work(store);
  update_pairs_at_one_speed(store, settings, work, progress, stop);
  stop_if_asked(stop);
  update_variant_pairs(store, settings, work.representatives, progress, stop);
}

Evidence reversed(const Evidence& evidence) {
  if (evidence.has_other_speed()) return reversed_line(evidence);
  Evidence out = evidence;
  out.offset_items = -evidence.offset_items;
  out.phase_items = evidence.phase_items == 0 ? 0 : -evidence.phase_items;
  const auto in_b = [](std::uint32_t item, std::int32_t offset_items) {
    return static_cast<std::uint32_t>(std::int64_t{item} - offset_items);
  };
  if (evidence.short_ber != Evidence::not_measured)
    out.short_item = in_b(evidence.short_item, evidence.offset_items);
  for (Segment& segment : out.segments) {
    segment.from_item = in_b(segment.from_item, segment.offset_items);
    segment.offset_items = -segment.offset_items;
  }
  return out;
}

}  // namespace echofold
