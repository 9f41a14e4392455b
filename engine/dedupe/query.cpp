// Joins a single probe, and turns the matching classes into tracks.
#include "engine/dedupe/query.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/dedupe/classes.h"
#include "engine/dedupe/index_file.h"
#include "index/pair/measure.h"

namespace echofold {

LibraryQuery::LibraryQuery(const Store& store, const MatchSettings& settings)
    : snapshot_(store.snapshot()),
      join_(settings.join),
      index_(open_whole_index(store, snapshot_, snapshot_.representatives(), settings.keys)) {}

std::vector<QueryMatch> LibraryQuery::find(Items items, TrackId self, const std::stop_token& stop) const {
  const TrackId probe = probe_id(self);
  const ItemsOf items_of = [&](TrackId id) { return id == probe ? items : snapshot_.items(id); };
  const IndexedTrack probes[] = {{probe, items}};
  std::vector<MatchedPair> matches = join(index_, probes, items_of, join_, {}, stop);
  if (probe == self && snapshot_.track(self)->items_hash == hash_items(items))
    matches.push_back({probe, probe, measure(items, items, 0)});
  std::vector<QueryMatch> found = expand(matches, probe, self);
  std::sort(found.begin(), found.end(), [](const QueryMatch& x, const QueryMatch& y) {
    return std::tuple(x.judgement.band, -x.evidence.similarity(), x.track) <
           std::tuple(y.judgement.band, -y.evidence.similarity(), y.track);
  });
  return found;
}

/// The track's own id if it is indexed, so that it does not find itself, which would count as a match. Else an id of no
/// track.
TrackId LibraryQuery::probe_id(TrackId self) const {
  const auto own = snapshot_.track(self);
  if (own && own->item_count > 0) {
    const std::vector<TrackId> alike = snapshot_.tracks_with(own->items_hash);
    if (!alike.empty() && alike.front() == self) return self;
  }
  return snapshot_.last_track_id() + 1;
}

/// The tracks of the classes in `matches`: every listed track of a class shares the evidence of its representative. An
/// index file may hold two tracks of one class, if the older one was removed or came back.
std::vector<QueryMatch> LibraryQuery::expand(const std::vector<MatchedPair>& matches, TrackId probe,
                                             TrackId self) const {
  std::vector<QueryMatch> found;
  std::set<Hash128> seen;
  for (const MatchedPair& match : matches) {
    const auto other = snapshot_.track(match.a == probe ? match.b : match.a);
    if (!other || !seen.insert(other->items_hash).second) continue;
    const Evidence evidence = match.a == probe ? match.evidence : reversed(match.evidence);
    const Judgement judgement = judge(evidence, join_.thresholds);
    if (judgement.band == Band::none) continue;
    for (const TrackId id : snapshot_.tracks_with(other->items_hash))
      if (id != self && listed_member(snapshot_, id, other->items_hash))
        found.push_back({id, evidence, judgement});
  }
  return found;
}

std::vector<QueryMatch> query(const Store& store, Items items, const MatchSettings& settings, TrackId self,
                              const std::stop_token& stop) {
  return LibraryQuery(store, settings).find(items, self, stop);
}

}  // namespace echofold
