// Sorts the votes and counts them exactly, at each offset and with its neighbours.
#include "index/candidates/peaks.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace echofold {

void PeakFinder::find(std::vector<Vote>& votes, std::vector<VotedTrack>& out) {
  std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) {
    return std::tie(a.track, a.offset) < std::tie(b.track, b.offset);
  });
  for (std::size_t first = 0, last; first < votes.size(); first = last) {
    last = first + 1;
    while (last < votes.size() && votes[last].track == votes[first].track) ++last;
    judge_track(std::span(votes).subspan(first, last - first), out);
  }
}

/// @param votes  of one track, in order of offset
void PeakFinder::tally_offsets(std::span<const Vote> votes) {
  tallies_.clear();
  for (const Vote& vote : votes) {
    if (tallies_.empty() || tallies_.back().offset != vote.offset) tallies_.push_back({vote.offset, 0, 0});
    ++tallies_.back().votes;
  }
  for (std::size_t i = 0; i < tallies_.size(); ++i) {
    Tally& tally = tallies_[i];
    tally.with_next = tally.votes;
    if (i > 0 && tallies_[i - 1].offset == tally.offset - 1) tally.with_next += tallies_[i - 1].votes;
    if (i + 1 < tallies_.size() && tallies_[i + 1].offset == tally.offset + 1)
      tally.with_next += tallies_[i + 1].votes;
  }
}

void PeakFinder::judge_track(std::span<const Vote> votes, std::vector<VotedTrack>& out) {
  if (votes.size() < min_votes_) return;
  tally_offsets(votes);
  const auto better = [](const Tally& a, const Tally& b) {
    return std::tuple(b.with_next, b.votes, std::abs(a.offset), a.offset) <
           std::tuple(a.with_next, a.votes, std::abs(b.offset), b.offset);
  };
  VotedTrack voted{votes.front().track, 0, {}};
  while (voted.offsets.size() < most_ && !tallies_.empty()) {
    const Tally peak = *std::min_element(tallies_.begin(), tallies_.end(), better);
    if (peak.with_next < (voted.offsets.empty() ? min_votes_ : 2)) break;
    if (voted.offsets.empty()) voted.votes = peak.with_next;
    voted.offsets.push_back(peak.offset);
    // An alignment at the peak tries the neighbours, too, so the next peak must be farther away.
    std::erase_if(tallies_, [&](const Tally& t) { return std::abs(t.offset - peak.offset) <= 2; });
  }
  if (!voted.offsets.empty()) out.push_back(std::move(voted));
}

}  // namespace echofold
