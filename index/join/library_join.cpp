// All tracks with all: each looks its keys up, and what has votes enough is aligned at once.
//
// Nothing of a candidate is kept but its evidence, so memory does not grow with how often tracks agree by
// chance.

#include <algorithm>
#include <iterator>

#include "index/error.h"
#include "index/join/candidate_choice.h"
#include "index/join/join.h"
#include "index/join/library_votes.h"
#include "index/pair/align.h"
#include "index/parallel.h"
#include "index/ticker.h"

namespace echofold {
namespace {

/// Joins the tracks of one chunk with all before them. One a thread and chunk.
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
    // Votes are position there - position here; `other` is the pair's a.
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
