// The set of the tracks that were looked up is stored ("match.variants") in the transaction that also stores the last of
// their pairs. An entry is a representative with how far its variants reach: when a later scan makes more of them, the
// track is looked up again. 0 stands for a track without variants: those of all others have been looked up in it.
#include "engine/dedupe/variant_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "engine/dedupe/id_set.h"
#include "engine/dedupe/index_file.h"
#include "index/base/error.h"
#include "index/join/variant_probe.h"

namespace echofold {
namespace {

constexpr std::string_view variants_key = "match.variants";
constexpr std::size_t batch_pairs = 5000;

/// Everything that decides which pairs are found, beside what update_pairs() starts over for.
std::string text_of(const MatchSettings& settings) {
  const JoinSettings& j = settings.join;
  const Thresholds& t = j.thresholds;
  return fmt::format("1 {} {} {} {} {} {}\n", j.variant_votes, j.variant_tempo_votes, j.variant_max_visits,
                     j.variant_candidates, t.max_variant_ber, t.min_variant_contrast);
}

/// The track of a class whose variants are looked up for all of them: the one whose speeds reach farthest.
struct Holder {
  TrackId representative = 0, id = 0;
  std::uint32_t percent = 0;
};

/// In order of the representative.
std::vector<Holder> find_holders(const Snapshot& snapshot) {
  std::vector<Holder> with_variants;  // not yet with their representatives
  snapshot.for_each_with_variants([&](TrackId id, std::uint32_t percent) {
    with_variants.push_back({0, id, percent});
  });
  std::vector<Holder> holders;
  if (with_variants.empty()) return holders;
  Hash128 last;
  TrackId representative = 0;
  snapshot.for_each_fingerprint([&](const Hash128& hash, TrackId id) {
    if (representative == 0 || hash != last) representative = id;
    last = hash;
    const auto at = std::lower_bound(with_variants.begin(), with_variants.end(), id,
                                     [](const Holder& holder, TrackId wanted) { return holder.id < wanted; });
    if (at == with_variants.end() || at->id != id) return;
    if (holders.empty() || holders.back().representative != representative)
      holders.push_back({representative, id, at->percent});
    else if (holders.back().percent < at->percent)
      holders.back() = {representative, id, at->percent};
  });
  std::sort(holders.begin(), holders.end(),
            [](const Holder& x, const Holder& y) { return x.representative < y.representative; });
  return holders;
}

const Holder* find_holder(const std::vector<Holder>& holders, TrackId representative) {
  const auto at =
      std::lower_bound(holders.begin(), holders.end(), representative,
                       [](const Holder& holder, TrackId wanted) { return holder.representative < wanted; });
  return at != holders.end() && at->representative == representative ? &*at : nullptr;
}

struct Work {
  std::vector<Holder> holders;
  std::vector<TrackId> unread;      ///< with variants that were not looked up
  std::vector<TrackId> looked_up;   ///< with variants that were
  std::vector<TrackId> bare;        ///< new ones without variants
  std::vector<std::uint64_t> done;  ///< what the store is to have as its set afterwards
  bool noted = true;                ///< it has that already
};

Work find_work(const Store& store, const MatchSettings& settings,
               const std::vector<TrackId>& representatives) {
  const Snapshot snapshot = store.snapshot();
  Work work;
  work.holders = find_holders(snapshot);
  if (work.holders.empty()) return work;
  std::vector<std::uint64_t> known;
  const std::string text = text_of(settings);
  if (const auto stored = snapshot.meta(variants_key); stored && stored->starts_with(text))
    known = decode_ids(std::string_view(*stored).substr(text.size())).value_or(known);
  for (const TrackId id : representatives) {
    const Holder* holder = find_holder(work.holders, id);
    const std::uint64_t percent = holder != nullptr ? holder->percent : 0;
    const std::uint64_t entry = id << 4 | percent;
    static_assert(most_speed_percent < 1 << 4);
    work.done.push_back(entry);
    const bool is_known = std::binary_search(known.begin(), known.end(), entry);
    if (percent > 0)
      (is_known ? work.looked_up : work.unread).push_back(id);
    else if (!is_known)
      work.bare.push_back(id);
  }
  work.noted = work.done == known;
  return work;
}

std::vector<MatchedPair> find_pairs(const Store& store, const MatchSettings& settings, const Work& work,
                                    const std::vector<TrackId>& representatives, const Progress& progress,
                                    const std::stop_token& stop) {
  const Snapshot snapshot = store.snapshot();
  const ItemsOf items_of = [&](TrackId id) { return snapshot.items(id); };
  const VariantsOf variants_of = [&](TrackId id) -> std::optional<SpeedVariants> {
    const Holder* holder = find_holder(work.holders, id);
    return holder != nullptr ? snapshot.variants(holder->id) : std::nullopt;
  };
  const KnownEvidence known = [&](TrackId a, TrackId b) { return snapshot.pair(a, b); };
  const auto look_up = [&](const CandidateIndex& index, const std::vector<TrackId>& ids) {
    return probe_variants(index, with_items(snapshot, ids), variants_of, items_of, known, settings.join,
                          progress, stop);
  };
  std::vector<MatchedPair> pairs;
  if (!work.unread.empty())
    pairs = look_up(open_whole_index(store, snapshot, representatives, settings.keys), work.unread);
  if (!work.bare.empty() && !work.looked_up.empty()) {
    CandidateIndex of_bare = CandidateIndex::empty({.keys = settings.keys});
    of_bare.add(with_items(snapshot, work.bare));
    std::vector<MatchedPair> more = look_up(of_bare, work.looked_up);
    pairs.insert(pairs.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  // A track that was removed after the index file was built may still be in it.
  std::erase_if(pairs, [&](const MatchedPair& pair) {
    const auto is_known = [&](TrackId id) {
      return std::binary_search(representatives.begin(), representatives.end(), id);
    };
    return !is_known(pair.a) || !is_known(pair.b);
  });
  return pairs;
}

}  // namespace

void update_variant_pairs(Store& store, const MatchSettings& settings,
                          const std::vector<TrackId>& representatives, const Progress& progress,
                          const std::stop_token& stop) {
  const Work work = find_work(store, settings, representatives);
  if (work.noted) return;
  const std::vector<MatchedPair> pairs = find_pairs(store, settings, work, representatives, progress, stop);
  std::size_t begin = 0;
  const auto put = [&](Writer& writer, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) writer.put_pair(pairs[i].a, pairs[i].b, pairs[i].evidence);
  };
  for (; pairs.size() - begin > batch_pairs; begin += batch_pairs) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for matching pairs");
    store.write([&](Writer& writer) { put(writer, begin + batch_pairs); });
  }
  const std::string done = text_of(settings) + encode_ids(work.done);
  store.write([&](Writer& writer) {
    put(writer, pairs.size());
    writer.put_meta(variants_key, done);
  });
}

void forget_variant_pairs(Writer& writer) { writer.remove_meta(variants_key); }

}  // namespace echofold
