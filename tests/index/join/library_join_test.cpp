// The join of a whole library: every copy of every kind, the same for any number of threads, and bounded.
#include "index/join/library_join.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "datasets/synth/library.h"
#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/sanitizer.h"
#include "index/join/key_table.h"
#include "index/join/library_votes.h"
#include "tests/support/source_tree.h"
#include "tests/support/synthetic.h"

namespace echofold::join_library_join_test {
namespace {

using Ids = std::pair<TrackId, TrackId>;

#if ECHOFOLD_THREAD_SANITIZER
constexpr std::uint32_t share =
    4;  // of the tracks where they are many: watched, each costs a hundred times as much
#else
constexpr std::uint32_t share = 1;
#endif

/// A synthetic library in memory, ids from 1.
class Library {
 public:
  explicit Library(const synth::LibrarySettings& settings) : library_(model(), settings) {
    for (std::uint32_t track = 0; track < library_.size(); ++track) items_.push_back(library_.items(track));
    for (const std::vector<Item>& items : items_) tracks_.push_back({tracks_.size() + 1, items});
  }
  const std::vector<IndexedTrack>& tracks() const { return tracks_; }

  std::map<synth::Kind, std::set<Ids>> truth() const {
    std::map<synth::Kind, std::set<Ids>> pairs;
    for (const auto& pair : library_.truth()) pairs[pair.kind].emplace(pair.a + 1, pair.b + 1);
    return pairs;
  }

 private:
  static const synth::MusicModel& model() {
    static const synth::MusicModel music = [] {
      std::ifstream in(test::source_tree() / "datasets/synth/music.model");
      return synth::MusicModel::load(in);
    }();
    return music;
  }
  synth::SyntheticLibrary library_;
  std::vector<std::vector<Item>> items_;
  std::vector<IndexedTrack> tracks_;
};

std::set<Ids> related(const std::vector<MatchedPair>& pairs) {
  std::set<Ids> ids;
  for (const MatchedPair& pair : pairs) {
    if (judge(pair.evidence).relation == Relation::insufficient) continue;
    EXPECT_TRUE(ids.emplace(pair.a, pair.b).second) << "a pair came twice";
  }
  return ids;
}

void expect_all_found(const Library& library, const std::vector<MatchedPair>& pairs) {
  const std::set<Ids> found = related(pairs);
  std::set<Ids> planted;
  for (const auto& [kind, ids] : library.truth()) {
    std::size_t hits = 0;
    for (const Ids& pair : ids) hits += found.contains(pair);
    EXPECT_GE(hits, kind == synth::Kind::harsh ? ids.size() - ids.size() / 50 : ids.size())
        << synth::name_of(kind);
    planted.insert(ids.begin(), ids.end());
  }
  for (const Ids& pair : found) EXPECT_TRUE(planted.contains(pair)) << pair.first << ' ' << pair.second;
}

TEST(LibraryJoinTest, FindsEveryCopyAndNothingElse) {
  const Library library({.tracks = 4000});
  const auto pairs = join_library(library.tracks(), {});
  expect_all_found(library, pairs);
  EXPECT_TRUE(std::is_sorted(pairs.begin(), pairs.end(), [](const MatchedPair& x, const MatchedPair& y) {
    return Ids(x.a, x.b) < Ids(y.a, y.b);
  }));
}

TEST(LibraryJoinTest, IsTheSameForAnyThreadCount) {
  const Library library({.tracks = 2000 / share, .silent = 50, .clones = 150 / share});
  std::vector<MatchedPair> pairs[2];
  for (std::size_t threads = 1; threads <= 2; ++threads) {
    const ThreadLimit limit(threads);
    pairs[threads - 1] = join_library(library.tracks(), {});
  }
  ASSERT_EQ(pairs[0].size(), pairs[1].size());
  for (std::size_t i = 0; i < pairs[0].size(); ++i) {
    EXPECT_EQ(Ids(pairs[0][i].a, pairs[0][i].b), Ids(pairs[1][i].a, pairs[1][i].b));
    EXPECT_EQ(pairs[0][i].evidence, pairs[1][i].evidence);
  }
}

TEST(LibraryJoinTest, FindsWhatTheIndexFinds) {
  const Library library({.tracks = 2000});
  JoinSettings settings;
  settings.library_keys = {};
  settings.library_max_visits = settings.max_visits;
  settings.second_probe_radius = -1;
  settings.third_probe_max_library = 0;
  auto index = CandidateIndex::empty({});
  index.add(library.tracks());
  const ItemsOf items_of = [&](TrackId id) { return library.tracks()[id - 1].items; };
  EXPECT_EQ(related(join_library(library.tracks(), settings)),
            related(join(index, library.tracks(), items_of, settings)));
}

TEST(LibraryJoinTest, OffsetsAndIdsAreThoseOfThePair) {
  const auto items = test::make_items(1, 500);
  const std::vector<Item> later(items.begin() + 40, items.end());
  const IndexedTrack tracks[] = {{7, later}, {1000, items}};
  const auto pairs = join_library(tracks, {});
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(Ids(pairs[0].a, pairs[0].b), Ids(7, 1000));
  EXPECT_EQ(pairs[0].evidence.offset_items, -40);  // a[i] is compared with b[i - offset]
}

TEST(LibraryJoinTest, OneSecondInAThirdOfAllTracksHidesNothing) {
  const Library library({.tracks = 4000, .jingle = true});
  expect_all_found(library, join_library(library.tracks(), {}));
}

TEST(LibraryJoinTest, ClonesAllMeetOneOfTheFirst) {
  const Library library({.tracks = 400, .clones = 1200 / share});
  const JoinSettings settings;
  const auto pairs = join_library(library.tracks(), settings);
  EXPECT_LE(pairs.size(), library.tracks().size() * settings.max_candidates);
  std::set<TrackId> met;
  for (const auto& [a, b] : related(pairs))
    if (a > 400 && a <= 403) met.insert(b);
  for (TrackId clone = 404; clone <= 400 + 1200 / share; ++clone) EXPECT_TRUE(met.contains(clone)) << clone;
}

TEST(LibraryJoinTest, NearSilenceStaysBounded) {
  const Library library({.tracks = 400, .silent = 3000 / share});
  const JoinSettings settings;
  const auto pairs = join_library(library.tracks(), settings);
  EXPECT_LE(pairs.size(), library.tracks().size() * settings.max_candidates);
  expect_all_found(library, pairs);
}

TEST(LibraryJoinTest, SkewCostsLittleMore) {
#if ECHOFOLD_THREAD_SANITIZER
  GTEST_SKIP() << "counts work, which is the same when it is watched, and takes minutes then";
#endif
  const auto cost_of = [](const synth::LibrarySettings& settings) {
    JoinCost cost;
    join_library(Library(settings).tracks(), {}, {}, {}, &cost);
    return cost;
  };
  const JoinCost even = cost_of({.tracks = 8000});
  const JoinCost skewed = cost_of({.tracks = 4000, .silent = 2000, .clones = 2000, .jingle = true});
  const JoinSettings settings;
  EXPECT_LT(skewed.walks, 2 * even.walks);
  EXPECT_LT(skewed.visits, 4000 * settings.library_max_visits + 4000 * 48 * settings.stop_walk);
  // The first few hundred clones are paired with all clones before them; from then on each is paired with a few.
  EXPECT_LT(skewed.verified,
            even.verified + 500 * settings.max_candidates + 4000 * settings.library_max_of_many);
}

TEST(LibraryJoinTest, NoLibraryIsTooSmall) {
  EXPECT_TRUE(join_library({}, {}).empty());
  const std::vector<Item> silence(1000, silence_item), one{4711};
  const IndexedTrack tracks[] = {{1, {}}, {2, one}, {3, silence}, {4, silence}};
  EXPECT_TRUE(join_library(tracks, {}).empty());
}

TEST(LibraryJoinTest, StopsWhenAskedAndTellsItsProgress) {
  const Library library({.tracks = 400});
  std::map<std::string, std::uint64_t> last;
  join_library(library.tracks(), {}, [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_LE(done, total);
    EXPECT_GT(done, last[std::string(stage)]);
    last[std::string(stage)] = done;
  });
  EXPECT_EQ(last["candidates"], 400u);
  EXPECT_EQ(last.count("keys"), 1u);
  std::stop_source source;
  source.request_stop();
  try {
    join_library(library.tracks(), {}, {}, source.get_token());
    FAIL() << "did not stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
}

using Place = std::pair<std::uint32_t, std::uint32_t>;  // a track's number, a position

/// Reads all tracks of a table: visit(number, how many items are filed, entries).
template <class Visit>
void for_each_track(const KeyTable& table, std::size_t tracks, Visit visit) {
  std::vector<KeyTable::Entry> entries;
  for (std::size_t chunk = 0; chunk < table.chunk_count(); ++chunk) {
    KeyTable::Reader reader(table, chunk);
    const std::size_t first = chunk * table.chunk_tracks();
    for (std::size_t t = first; t < std::min(tracks, first + table.chunk_tracks()); ++t) {
      const std::size_t filed = reader.next(entries);
      visit(static_cast<std::uint32_t>(t), filed, entries);
    }
  }
}

TEST(KeyTableTest, ListsForEachItemAllEarlierPostingsOfItsKey) {
  const Library library({.tracks = 160, .silent = 3, .clones = 20});
  const KeySettings keys = JoinSettings{}.library_keys;
  CostOfTask::Sum cost;
  const KeyTable table(library.tracks(), keys, cost);
  EXPECT_GT(table.chunk_count(), 50u);
  std::map<Key, std::vector<Place>> postings;  // of earlier tracks
  std::set<Place> filed_places;
  std::size_t wanted = 0, listed = 0;
  for_each_track(table, library.tracks().size(),
                 [&](std::uint32_t t, std::size_t count, const auto& entries) {
                   const std::vector<FiledItem> filed = filed_items(library.tracks()[t].items, keys);
                   EXPECT_EQ(count, filed.size());
                   std::map<std::uint32_t, std::vector<Place>> found;
                   for (const KeyTable::Entry& entry : entries)
                     for (std::uint32_t i = 0; i < entry.list.size; ++i)
                       found[entry.position].emplace_back(entry.list.tracks[i], entry.list.position(i));
                   for (const FiledItem& item : filed) {
                     const std::vector<Place>& expected = postings[item.key];
                     const std::vector<Place>& list = found[item.position];
                     ASSERT_TRUE(std::includes(list.begin(), list.end(), expected.begin(), expected.end()));
                     for (const Place& place : list)
                       ASSERT_TRUE(filed_places.contains(place)) << "nothing is filed there";
                     wanted += expected.size();
                     listed += list.size();
                   }
                   for (const FiledItem& item : filed) {
                     postings[item.key].emplace_back(t, item.position);
                     filed_places.emplace(t, item.position);
                   }
                 });
  EXPECT_GT(wanted, 1000u);
  EXPECT_LT(listed - wanted, wanted) << "few keys share a slot";
}

TEST(KeyTableTest, LeavesOutALittleOfLongLists) {
  const auto items = test::make_items(3, 400);
  const std::vector<IndexedTrack> tracks(4000, IndexedTrack{0, items});
  CostOfTask::Sum cost;
  const KeyTable table(tracks, {}, cost);
  for_each_track(table, tracks.size(), [&](std::uint32_t t, std::size_t, const auto& entries) {
    for (const KeyTable::Entry& entry : entries) {
      if (t < 192) {
        EXPECT_EQ(entry.list.size % t, 0u) << "a key may stand in a track more than once";
      } else {
        EXPECT_LE(entry.list.size, std::max(t * 8, 2976u));
        EXPECT_GE(entry.list.size, std::min(t - t / 16, 2976u));
      }
      EXPECT_EQ(entry.list.tracks[0], 0u);
      EXPECT_LT(entry.list.tracks[entry.list.size - 1], t);
    }
  });
}

TEST(LibraryVotesTest, WalksTheRarestListsWithinItsBound) {
  const Library library({.tracks = 2000});
  JoinSettings settings;
  CostOfTask::Sum cost;
  const KeyTable table(library.tracks(), settings.library_keys, cost);
  VoteLimits limits{.min_votes = 1, .peaks = 100};
  limits.min_keys = 10;
  limits.max_visits = 60;
  LibraryVotes bounded(limits, limits.stop_walk);
  limits.max_visits = 1'000'000;
  LibraryVotes unbounded(limits, limits.stop_walk);
  std::size_t few = 0, all = 0;
  for_each_track(table, library.tracks().size(), [&](std::uint32_t, std::size_t filed, const auto& entries) {
    std::vector<KeyTable::Entry> walks = entries;
    for (const VotedTrack& voted : bounded.count(walks, filed)) few += voted.offsets.size();
    EXPECT_LE(bounded.visits(), 60u + 10 * limits.stop_walk);
    walks = entries;
    for (const VotedTrack& voted : unbounded.count(walks, filed)) all += voted.offsets.size();
  });
  EXPECT_LT(few, all);
  EXPECT_GT(few, 0u);
}

}  // namespace
}  // namespace echofold::join_library_join_test
