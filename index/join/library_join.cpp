// Joins all tracks with all: each looks its keys up, and is aligned at once with the tracks that have enough votes.
//
// The problem. A library that was never joined, or has grown by much, needs the pairs among all of its tracks. Half a
// million tracks make 125 billion pairs, nearly all of different music. `join` looks a track's keys up in the index
// file. That is good for a few new tracks. For all tracks it costs, for each filed item, an access to the table of
// lists, a binary search, and an id of 8 bytes per posting; and the file must be sorted and written first.
//
// Example. The three tracks of key_table.h: `original` (0), `original_cut_200ms` (1), `other` (2).
//  - Track 0 has no earlier track: nothing to do.
//  - Track 1 has 186 filed items. 101 of them have a list, with 121 postings of track 0. 77 of those votes are for
//    offset 2 or a neighbour, so (0, 1) is a candidate. Offsets 61 and 182 have 3 and 2 votes by chance. The pair is
//    aligned at these three and their neighbours, measured at 2, the best, and judged: same_recording, kept.
//  - Track 2 has 169 filed items. 37 have a list, with 56 postings. No offset and its neighbours have more than 2
//    votes, and even tracks of one length need JoinSettings::min_votes_alike, 3: there is no candidate to align.
// Each pair is found once, by its later track.
//
// The choice.
//  - Keys are in memory (key_table.h), not in the index file. The file is built afterwards, for later tracks.
//  - Keys are longer than those of the file (JoinSettings::library_keys), since the lists are walked for all tracks.
//  - A track visits at most library_max_visits postings, those of its rarest keys first. Frequent keys say least, and a
//    track costs the same however long their lists grow.
//  - Where this bound leaves out most lists of a track, the track is one of many that are alike, and its rare keys are
//    its own errors. So KeySettings::min_keys of the lists that would be left out are walked as well: stop_walk
//    postings of each, or library_stop_walk where the list has more than stop_tracks. The same is done where fewer than
//    min_keys of the track's filed items would count.
//  - A track that has mostly lists longer than stop_walk is one of hundreds of copies, or near silence. It is aligned
//    with library_max_of_many others: copies are all paired with the same few tracks, and silence can't be judged.
//  - Candidates are verified where they are found. They are not collected in a list.
//  - There is no second or third probe (docs/MATCHING.md): such a probe costs as much as many first ones, and most
//    tracks of a large library have no copy. bench/README.md ("Scale") says what is found without it.
//
// Memory: the table, 10 to 17 bytes per filed item, and the items themselves, which may be in the mapped library
// (mapped_items.h). Candidates that are unrelated leave nothing, so memory does not grow with how often tracks agree by
// chance. Each thread has the votes of one track.
//
// Cost: one pass over the library to choose items, and one to distribute them; then for each track at most
// library_max_visits + min_keys * stop_walk postings and max_candidates alignments. In the synthetic library of half a
// million tracks these are 849 postings and .18 alignments.
//
// What grows: the postings that a track visits, up to their bound, and the time to read them: key_table.h.

#include "index/join/library_join.h"

#include <algorithm>
#include <iterator>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"
#include "index/join/candidate_choice.h"
#include "index/join/library_votes.h"
#include "index/pair/align.h"

namespace echofold {
namespace {

/// Joins the tracks of one chunk with all tracks before them. One for each chunk, used by one thread.
class ChunkJoin {
 public:
  ChunkJoin(std::span<const IndexedTrack> tracks, const KeyTable& table, std::size_t chunk,
            const JoinSettings& settings, LibraryVotes& votes, CostOfTask::Sum& cost)
      : tracks_(tracks), settings_(settings), reader_(table, chunk), votes_(votes), cost_(cost) {}

  /// Appends the pairs of the next track.
  void join_one(std::uint32_t number, std::vector<MatchedPair>& out) {
    const std::size_t filed = reader_.next(entries_);
    cost_.end(&JoinCost::probe_s);
    choose_candidates(number, votes_.count(entries_, filed));
    cost_.walks += entries_.size();
    cost_.visits += votes_.visits();
    cost_.end(&JoinCost::vote_s);
    for (const VotedTrack* voted : chosen_) verify(*voted, tracks_[number], out);
    cost_.end(&JoinCost::verify_s);
  }

 private:
  void choose_candidates(std::uint32_t number, const std::vector<VotedTrack>& voted) {
    chosen_.clear();
    for (const VotedTrack& other : voted)
      if (has_enough_votes(other.votes, tracks_[number].items.size(), tracks_[other.track].items.size(),
                           settings_))
        chosen_.push_back(&other);
    cost_.candidates += chosen_.size();
    keep_best(
        chosen_, votes_.is_one_of_many() ? settings_.library_max_of_many : settings_.max_candidates,
        [](const VotedTrack* v) { return v->votes; }, [](const VotedTrack* v) { return v->track; });
  }

  void verify(const VotedTrack& voted, const IndexedTrack& self, std::vector<MatchedPair>& out) {
    const IndexedTrack& other = tracks_[voted.track];
    // Offsets of votes are position there - position here; `other` is the pair's a.
    Evidence evidence = best_alignment(other.items, self.items, voted.offsets);
    ++cost_.verified;
    cost_.items_compared += items_looked_at(other.items, self.items, voted.offsets);
    if (judge(evidence, settings_.thresholds).relation != Relation::unrelated)
      out.push_back({other.id, self.id, std::move(evidence)});
  }

  std::span<const IndexedTrack> tracks_;
  const JoinSettings& settings_;
  KeyTable::Reader reader_;
  LibraryVotes& votes_;
  CostOfTask cost_;
  std::vector<KeyTable::Entry> entries_;
  std::vector<const VotedTrack*> chosen_;
};

}  // namespace

std::vector<MatchedPair> join_library(std::span<const IndexedTrack> tracks, const JoinSettings& settings,
                                      const Progress& progress, const std::stop_token& stop, JoinCost* cost) {
  const KeySettings& keys = settings.library_keys;
  CostOfTask::Sum sum;
  const KeyTable table(tracks, keys, sum, progress, stop);
  PerThread<LibraryVotes> votes([&] {
    return LibraryVotes(vote_limits(settings, keys, settings.library_max_visits), settings.library_stop_walk);
  });
  PerThread<std::vector<MatchedPair>> found;
  Ticker ticker(progress, "candidates", tracks.size());
  parallel_for(table.chunk_count(), [&](std::size_t chunk) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped while looking for pairs");
    const std::size_t first = chunk * table.chunk_tracks();
    const std::size_t end = std::min(tracks.size(), first + table.chunk_tracks());
    ChunkJoin join(tracks, table, chunk, settings, votes.local(), sum);
    for (std::size_t i = first; i < end; ++i) join.join_one(static_cast<std::uint32_t>(i), found.local());
    ticker.add(end - first);
  });
  if (cost != nullptr) *cost = sum.cost;

  std::vector<MatchedPair> pairs;
  for (std::vector<MatchedPair>& some : found)
    pairs.insert(pairs.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(pairs.begin(), pairs.end(), [](const MatchedPair& x, const MatchedPair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return pairs;
}

}  // namespace echofold
