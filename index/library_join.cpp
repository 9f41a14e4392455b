// All tracks with all: each looks its keys up, and what has votes enough is aligned at once.
//
// Nothing of a candidate is kept but its evidence, so memory does not grow with how often tracks agree by
// chance.
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <iterator>

#include "index/align.h"
#include "index/candidate_choice.h"
#include "index/error.h"
#include "index/join.h"
#include "index/library_votes.h"
#include "index/ticker.h"

namespace echofold {
namespace {

constexpr std::size_t tracks_per_task = 64;

class LibraryJoin {
 public:
  LibraryJoin(std::span<const IndexedTrack> tracks, const KeyTable& table, const JoinSettings& settings)
      : tracks_(tracks), table_(table), settings_(settings) {}

  /// Appends the pairs of one track with those before it.
  void join_one(std::uint32_t number, LibraryVotes& votes, std::vector<MatchedPair>& out) const {
    const IndexedTrack& self = tracks_[number];
    candidates_of(number, votes.count(number, self.items), [&](const VotedTrack& voted) {
      const IndexedTrack& other = tracks_[voted.track];
      // Votes are position there - position here; `other` is the pair's a.
      Evidence evidence = best_alignment(other.items, self.items, voted.offsets);
      if (judge(evidence, settings_.thresholds).relation != Relation::unrelated)
        out.push_back({other.id, self.id, std::move(evidence)});
    });
  }

  VoteLimits limits() const { return vote_limits(settings_, table_.keys(), settings_.library_max_visits); }

 private:
  template <class Take>
  void candidates_of(std::uint32_t number, const std::vector<VotedTrack>& voted, Take take) const {
    std::vector<const VotedTrack*> chosen;
    for (const VotedTrack& other : voted)
      if (has_enough_votes(other.votes, tracks_[number].items.size(), tracks_[other.track].items.size(),
                           settings_))
        chosen.push_back(&other);
    keep_best(
        chosen, settings_.max_candidates, [](const VotedTrack* v) { return v->votes; },
        [](const VotedTrack* v) { return v->track; });
    for (const VotedTrack* other : chosen) take(*other);
  }

  std::span<const IndexedTrack> tracks_;
  const KeyTable& table_;
  const JoinSettings& settings_;
};

}  // namespace

std::vector<MatchedPair> join_library(std::span<const IndexedTrack> tracks, const JoinSettings& settings,
                                      const Progress& progress, const std::stop_token& stop) {
  const KeyTable table(tracks, settings.library_keys, progress, stop);
  const LibraryJoin join(tracks, table, settings);
  tbb::enumerable_thread_specific<LibraryVotes> votes([&] { return LibraryVotes(table, join.limits()); });
  tbb::enumerable_thread_specific<std::vector<MatchedPair>> found;
  Ticker ticker(progress, "candidates", tracks.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, tracks.size(), tracks_per_task),
                    [&](const auto& range) {
                      if (stop.stop_requested())
                        throw Error(Fault::interrupted, "stopped while looking for pairs");
                      for (std::size_t i = range.begin(); i < range.end(); ++i)
                        join.join_one(static_cast<std::uint32_t>(i), votes.local(), found.local());
                      ticker.add(range.size());
                    });

  std::vector<MatchedPair> pairs;
  for (std::vector<MatchedPair>& some : found)
    pairs.insert(pairs.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  std::sort(pairs.begin(), pairs.end(), [](const MatchedPair& x, const MatchedPair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return pairs;
}

}  // namespace echofold
