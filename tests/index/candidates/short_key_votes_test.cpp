// Votes by short keys against a count by hand, and pairs that they find and longer keys do not.
#include "index/candidates/short_key_votes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/join/join.h"
#include "tests/support/synthetic.h"

namespace echofold::candidates_short_key_votes_test {
namespace {

using test::make_items;
using test::with_bit_errors;

/// Tracks with ids from 1: music, then a copy of each of the first `copies` with this share of bits wrong.
class Library {
 public:
  Library(std::size_t count, std::size_t copies, double rate) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) fingerprints_.push_back(make_items(seed, 1500));
    for (std::size_t i = 0; i < copies; ++i)
      fingerprints_.push_back(with_bit_errors(fingerprints_[i], rate, 1000 + i));
    for (const std::vector<Item>& items : fingerprints_) tracks_.push_back({tracks_.size() + 1, items});
  }
  const std::vector<IndexedTrack>& tracks() const { return tracks_; }

 private:
  std::vector<std::vector<Item>> fingerprints_;
  std::vector<IndexedTrack> tracks_;
};

/// The most pairs of items with equal bits 2, 3, 17 .. 23 and 25 .. 31 at one offset and its neighbours.
std::uint32_t votes_by_hand(Items here, Items there) {
  constexpr std::uint32_t mask = 0xFEFE000Cu;
  const auto telling = [&](Items items) {
    std::vector<std::pair<Item, std::int32_t>> kept;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (items[i] != silence_item && (kept.empty() || kept.back().first != (items[i] & mask)))
        kept.emplace_back(items[i] & mask, static_cast<std::int32_t>(i));
    return kept;
  };
  std::map<std::int32_t, std::uint32_t> at;
  const auto others = telling(there);
  for (const auto& [key, position] : telling(here))
    for (const auto& [other_key, other_position] : others)
      if (key == other_key) ++at[other_position - position];
  std::uint32_t most = 0;
  for (const auto& [offset, votes] : at) {
    const auto near = [&](std::int32_t o) { return at.contains(o) ? at.at(o) : 0; };
    most = std::max(most, near(offset - 1) + votes + near(offset + 1));
  }
  return most;
}

TEST(ShortKeyVotesTest, AreThoseOfACountByHand) {
  const Library library(12, 6, 0.25);
  const auto& tracks = library.tracks();
  const auto found = short_key_votes(tracks, tracks, {.min_votes = 3, .peaks = 1, .most = 100});
  ASSERT_EQ(found.size(), tracks.size());
  std::size_t pairs = 0;
  for (std::size_t probe = 0; probe < tracks.size(); ++probe) {
    std::map<TrackId, std::uint32_t> votes;
    for (const VotedTrack& voted : found[probe]) votes[voted.track] = voted.votes;
    for (std::size_t other = 0; other < tracks.size(); ++other) {
      const std::uint32_t expected = votes_by_hand(tracks[probe].items, tracks[other].items);
      const bool due = other < probe && expected >= 3;
      ASSERT_EQ(votes.contains(tracks[other].id), due) << probe << ' ' << other;
      if (due) {
        EXPECT_EQ(votes.at(tracks[other].id), expected) << probe << ' ' << other;
      }
      pairs += due;
    }
  }
  EXPECT_GE(pairs, 6u);
}

TEST(ShortKeyVotesTest, ATrackOutsideOfTheLibraryMeetsAllOfIt) {
  const Library library(100, 0, 0);
  const std::vector<Item> copy = with_bit_errors(make_items(90, 1500), 0.25, 7);
  const IndexedTrack probes[] = {{5, copy}};  // another track of the library has this id
  std::vector<IndexedTrack> others = library.tracks();
  others.erase(others.begin() + 4);
  const auto found = short_key_votes(probes, others, {.min_votes = 8});
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].size(), 1u);
  EXPECT_EQ(found[0][0].track, 90u);
  EXPECT_EQ(found[0][0].offsets.front(), 0);
}

TEST(ShortKeyVotesTest, KeepTheTracksWithMostVotes) {
  const Library library(60, 0, 0);
  const std::vector<Item> copy = with_bit_errors(make_items(33, 1500), 0.2, 7);
  const IndexedTrack probes[] = {{1000, copy}};
  const auto found = short_key_votes(probes, library.tracks(), {.min_votes = 1, .most = 1});
  ASSERT_EQ(found[0].size(), 1u);
  EXPECT_EQ(found[0][0].track, 33u);
}

std::vector<MatchedPair> joined(const Library& library, const JoinSettings& settings) {
  auto index = CandidateIndex::empty({});
  index.add(library.tracks());
  return join(
      index, library.tracks(), [&](TrackId id) { return library.tracks()[id - 1].items; }, settings);
}

TEST(ShortKeyVotesTest, FindVersionsThatKeepNoLongKey) {
  const Library library(150, 20, 0.28);
  JoinSettings settings;
  settings.third_probe_max_library = 0;
  EXPECT_LT(joined(library, settings).size(), 10u);
  settings.third_probe_max_library = 170;
  for (std::size_t threads = 1; threads <= 2; ++threads) {
    const ThreadLimit limit(threads);
    const auto pairs = joined(library, settings);
    ASSERT_EQ(pairs.size(), 20u);
    for (TrackId id = 1; id <= 20; ++id) {
      EXPECT_EQ(pairs[id - 1].a, id);
      EXPECT_EQ(pairs[id - 1].b, 150 + id);
      EXPECT_EQ(judge(pairs[id - 1].evidence).relation, Relation::version);
    }
  }
  settings.third_probe_max_library = 169;
  EXPECT_LT(joined(library, settings).size(), 10u) << "a library of 170 is larger";
}

TEST(ShortKeyVotesTest, StopWhenAsked) {
  const Library library(3, 0, 0);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(short_key_votes(library.tracks(), library.tracks(), {}, {}, stop.get_token()), Error);
}

}  // namespace
}  // namespace echofold::candidates_short_key_votes_test
