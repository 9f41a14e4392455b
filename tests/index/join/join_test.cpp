// Planted copies are found, each pair once, nothing else, the same by any number of threads; skew
// stays bounded.
#include "index/join/join.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/sanitizer.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::join_join_test {
namespace {

using test::make_items;
using test::shifted_by_part;
using test::with_bit_errors;
using Ids = std::pair<TrackId, TrackId>;

/// Tracks in memory, ids from 1, and what was planted.
class Library {
 public:
  TrackId add(std::vector<Item> items) {
    fingerprints_.push_back(std::move(items));
    return fingerprints_.size();
  }
  void plant(const std::string& kind, TrackId of, std::vector<Item> copy) {
    planted_[kind].insert({of, add(std::move(copy))});
  }
  const std::vector<Item>& items(TrackId id) const { return fingerprints_.at(id - 1); }
  const std::map<std::string, std::set<Ids>>& planted() const { return planted_; }
  std::set<Ids> all_planted() const {
    std::set<Ids> all;
    for (const auto& [kind, pairs] : planted_) all.insert(pairs.begin(), pairs.end());
    return all;
  }
  std::vector<IndexedTrack> tracks() const {
    std::vector<IndexedTrack> out;
    for (std::size_t i = 0; i < fingerprints_.size(); ++i) out.push_back({i + 1, fingerprints_[i]});
    return out;
  }
  ItemsOf items_of() const {
    return [this](TrackId id) { return Items(items(id)); };
  }
  CandidateIndex index() const {
    auto index = CandidateIndex::empty({});
    index.add(tracks());
    return index;
  }

 private:
  std::vector<std::vector<Item>> fingerprints_;
  std::map<std::string, std::set<Ids>> planted_;
};

/// Errors come in stretches: an eighth of the time nothing, a quarter of the time twice the rate.
std::vector<Item> with_clustered_errors(const std::vector<Item>& items, double rate, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Item> out;
  while (out.size() < items.size()) {
    const std::size_t count = std::min<std::size_t>(8 + random() % 24, items.size() - out.size());
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(out.size());
    const std::uint64_t dice = random() % 8;
    const double here = dice == 0 ? 0 : dice < 3 ? 2 * rate : 0.8 * rate;
    const auto part = with_bit_errors({first, first + static_cast<std::ptrdiff_t>(count)}, here, random());
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

/// The copy starts `skip` items later and has other audio in front.
std::vector<Item> with_other_start(const std::vector<Item>& items, std::size_t skip, std::size_t front,
                                   std::uint64_t seed) {
  std::vector<Item> out = make_items(seed, front);
  out.insert(out.end(), items.begin() + static_cast<std::ptrdiff_t>(skip), items.end());
  return out;
}

constexpr std::size_t copies_of_a_kind = 40;
/// More than those that copies are made of; watched, each costs a hundred times as much.
constexpr std::uint32_t tracks_in_library = ECHOFOLD_THREAD_SANITIZER ? 400 : 1000;

Library library_with_copies() {
  Library lib;
  for (std::size_t i = 0; i < tracks_in_library; ++i) lib.add(make_items(i, 900));
  for (std::size_t i = 0; i < copies_of_a_kind; ++i) {
    TrackId of = 1 + i;
    const auto next = [&]() -> const std::vector<Item>& { return lib.items(of += copies_of_a_kind); };
    const auto plant = [&](const std::string& kind, std::vector<Item> copy) {
      lib.plant(kind, of, std::move(copy));
    };
    plant("exact", std::vector<Item>(next()));
    plant("errors .01", with_bit_errors(next(), 0.01, i));
    plant("errors .05", with_bit_errors(next(), 0.05, i));
    plant("harsh", with_clustered_errors(next(), 0.12, i));
    plant("shifted .5", with_bit_errors(shifted_by_part(next(), 0.5, i), 0.01, i));
    plant("shifted .3", with_bit_errors(shifted_by_part(next(), 0.3, i), 0.01, i));
    plant("later start", with_bit_errors(with_other_start(next(), 37, 0, i), 0.02, i));
    plant("other start", with_bit_errors(with_other_start(next(), 3, 61, 7000 + i), 0.02, i));
  }
  return lib;
}

template <class Pairs>
std::set<Ids> ids_of(const Pairs& pairs) {
  std::set<Ids> ids;
  for (const auto& pair : pairs) EXPECT_TRUE(ids.insert({pair.a, pair.b}).second) << "a pair came twice";
  return ids;
}

double recall(const std::set<Ids>& found, const std::set<Ids>& planted) {
  const auto hits =
      std::count_if(planted.begin(), planted.end(), [&](const Ids& p) { return found.contains(p); });
  return static_cast<double>(hits) / static_cast<double>(planted.size());
}

bool same(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Candidate& x, const Candidate& y) {
    return x.a == y.a && x.b == y.b && x.votes == y.votes && x.offsets == y.offsets;
  });
}

bool same(const std::vector<MatchedPair>& a, const std::vector<MatchedPair>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const MatchedPair& x, const MatchedPair& y) {
    return x.a == y.a && x.b == y.b && x.evidence == y.evidence;
  });
}

TEST(JoinTest, FindsEveryPlantedCopyAndNothingElse) {
  const Library lib = library_with_copies();
  const auto index = lib.index();
  const auto candidates = find_candidates(index, lib.tracks(), lib.items_of(), {});
  const auto voted = ids_of(candidates);
  const auto pairs = join(index, lib.tracks(), lib.items_of(), {});
  const auto joined = ids_of(pairs);
  for (const auto& [kind, planted] : lib.planted()) {
    EXPECT_GE(recall(voted, planted), kind == "harsh" ? 0.95 : 1.0) << kind << ", first probe";
    EXPECT_EQ(recall(joined, planted), 1.0) << kind;
  }
  EXPECT_EQ(joined, lib.all_planted());
  EXPECT_TRUE(std::is_sorted(pairs.begin(), pairs.end(), [](const auto& x, const auto& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  }));
}

TEST(JoinTest, OffsetsAreThoseOfTheAlignment) {
  Library lib;
  const auto items = make_items(1, 500);
  lib.add(with_other_start(items, 0, 100, 2));  // 1: starts with 100 other items
  lib.add(items);                               // 2
  lib.add(with_other_start(items, 40, 0, 3));   // 3: lacks the first 40
  const auto found = find_candidates(lib.index(), lib.tracks(), lib.items_of(), {});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].offsets.front(), 100);  // a[i] is compared with b[i - offset]
  EXPECT_EQ(found[1].offsets.front(), 140);
  EXPECT_EQ(found[2].offsets.front(), 40);

  // The other way round: track 1 alone against the others.
  const auto tracks = lib.tracks();
  const auto of_one = find_candidates(lib.index(), std::span(tracks).first(1), lib.items_of(), {});
  ASSERT_EQ(of_one.size(), 2u);
  EXPECT_EQ(of_one[0].offsets.front(), 100);
  EXPECT_EQ(of_one[1].offsets.front(), 140);
}

TEST(JoinTest, IsTheSameForAnyThreadCountAndFromFileOrDelta) {
  const test::TempDir dir;
  const Library lib = library_with_copies();
  CandidateIndex::build(dir / "index.faiss", lib.tracks(), {});
  const auto from_file = CandidateIndex::open(dir / "index.faiss", 0, {});
  ASSERT_TRUE(from_file);
  std::vector<MatchedPair> pairs[2];
  std::vector<Candidate> candidates[2];
  for (std::size_t threads = 1; threads <= 2; ++threads) {
    const ThreadLimit limit(threads);
    pairs[threads - 1] = join(*from_file, lib.tracks(), lib.items_of(), {});
    candidates[threads - 1] = find_candidates(*from_file, lib.tracks(), lib.items_of(), {});
  }
  EXPECT_TRUE(same(pairs[0], pairs[1]));
  EXPECT_TRUE(same(candidates[0], candidates[1]));
  EXPECT_TRUE(same(candidates[0], find_candidates(lib.index(), lib.tracks(), lib.items_of(), {})));
}

TEST(JoinTest, NewTracksMeetTheLibraryAndEachOtherOnce) {
  const test::TempDir dir;
  const Library lib = library_with_copies();
  const auto tracks = lib.tracks();
  const std::size_t old = tracks_in_library - copies_of_a_kind;  // so that some pairs are new with new
  CandidateIndex::build(dir / "index.faiss", std::span(tracks).first(old), {});
  auto index = CandidateIndex::open(dir / "index.faiss", 0, {});
  ASSERT_TRUE(index);
  index->add(std::span(tracks).subspan(old));
  const auto pairs = join(*index, std::span(tracks).subspan(old), lib.items_of(), {});
  EXPECT_EQ(ids_of(pairs), lib.all_planted());
}

TEST(JoinTest, SecondProbeFindsWhatTheFirstMisses) {
  Library lib;
  for (std::size_t i = 0; i < 200; ++i) lib.add(make_items(i, 700));
  for (TrackId of = 1; of <= 40; ++of) lib.plant("very harsh", of, with_bit_errors(lib.items(of), 0.16, of));
  JoinSettings settings;
  settings.third_probe_max_library = 0;
  settings.second_probe_radius = -1;
  const double first =
      recall(ids_of(join(lib.index(), lib.tracks(), lib.items_of(), settings)), lib.all_planted());
  settings.second_probe_radius = 1;
  const double second =
      recall(ids_of(join(lib.index(), lib.tracks(), lib.items_of(), settings)), lib.all_planted());
  EXPECT_GT(second, first);
  EXPECT_GE(second, 0.95);
  settings.second_probe_max_tracks = 5;
  EXPECT_EQ(recall(ids_of(join(lib.index(), lib.tracks(), lib.items_of(), settings)), lib.all_planted()),
            first);
}

TEST(JoinTest, NoLibraryIsTooSmall) {
  Library lib;
  EXPECT_TRUE(join(lib.index(), {}, lib.items_of(), {}).empty());
  lib.add(make_items(1, 900));
  EXPECT_TRUE(join(lib.index(), lib.tracks(), lib.items_of(), {}).empty());  // never with itself
  lib.add({});
  lib.add({4711});
  lib.add(std::vector<Item>(1000, silence_item));
  lib.add(std::vector<Item>(1000, silence_item));
  EXPECT_TRUE(join(lib.index(), lib.tracks(), lib.items_of(), {}).empty());
  EXPECT_TRUE(join(CandidateIndex::empty({}), lib.tracks(), lib.items_of(), {}).empty());
}

TEST(JoinTest, VeryShortCopiesBecomeCandidates) {
  Library lib;
  for (std::size_t i = 0; i < 50; ++i) lib.add(make_items(i, 25));
  for (TrackId of = 1; of <= 50; ++of) lib.plant("short", of, with_bit_errors(lib.items(of), 0.01, of));
  EXPECT_EQ(ids_of(find_candidates(lib.index(), lib.tracks(), lib.items_of(), {})), lib.all_planted());
}

TEST(JoinTest, FewerVotesAreEnoughWhereDurationsAgree) {
  const auto items = make_items(1, 400);
  const auto copy_with_votes = [&](std::size_t votes, std::size_t length) {
    auto copy = make_items(2, length);
    const auto filed = filed_items(items, {});
    for (std::size_t i = 0; i < votes; ++i) copy[filed[10 * i + 5].position] = filed[10 * i + 5].item;
    return copy;
  };
  const auto candidates = [&](std::size_t votes, std::size_t length) {
    Library lib;
    lib.add(items);
    lib.add(copy_with_votes(votes, length));
    return find_candidates(lib.index(), lib.tracks(), lib.items_of(), {}).size();
  };
  EXPECT_EQ(candidates(2, 400), 0u);
  EXPECT_EQ(candidates(3, 400), 1u);
  EXPECT_EQ(candidates(3, 424), 1u);
  EXPECT_EQ(candidates(3, 425), 0u);  // 25 items are more than 3 s
  EXPECT_EQ(candidates(4, 425), 1u);
}

TEST(JoinTest, ClonesAllMeetAtTheLowestIds) {
  Library lib;
  const auto items = make_items(1, 250);
  constexpr std::size_t clones = 2500;
  for (std::size_t i = 0; i < clones; ++i) lib.add(with_bit_errors(items, 0.005, i));
  JoinSettings settings;
  const auto found = find_candidates(lib.index(), lib.tracks(), lib.items_of(), settings);
  EXPECT_LE(found.size(), clones * settings.max_candidates);
  std::set<TrackId> met;
  for (const Candidate& candidate : found)
    if (candidate.a <= 3) met.insert(candidate.b);
  EXPECT_GE(met.size(), clones - 3);
}

TEST(JoinTest, OneKeyInEveryTrackCostsNothing) {
  Library lib = library_with_copies();
  Library skewed;
  const std::vector<Item> everywhere = make_items(99, 12);
  for (const IndexedTrack& track : lib.tracks()) {
    std::vector<Item> items(track.items.begin(), track.items.end());
    std::copy(everywhere.begin(), everywhere.end(),
              items.begin() + 200);  // the same jingle at the same place
    skewed.add(std::move(items));
  }
  JoinSettings settings;
  settings.second_probe_radius = -1;
  settings.stop_tracks = tracks_in_library;  // now the copies are candidates, too
  const auto found = find_candidates(skewed.index(), skewed.tracks(), skewed.items_of(), settings);
  EXPECT_LT(found.size(), 2 * lib.all_planted().size());
  std::set<Ids> planted = lib.all_planted();
  for (const Ids& harsh : lib.planted().at("harsh")) planted.erase(harsh);
  EXPECT_EQ(recall(ids_of(found), planted), 1.0);
}

TEST(JoinTest, NearlySilentTracksStayBounded) {
  Library lib;
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i < 4000; ++i) {  // silence with a click of a few kinds now and then
    std::vector<Item> items(300, silence_item);
    for (int click = 0; click < 12; ++click)
      items[random() % items.size()] = mix(static_cast<Item>(random() % 6));
    lib.add(std::move(items));
  }
  JoinSettings settings;
  const auto found = find_candidates(lib.index(), lib.tracks(), lib.items_of(), settings);
  EXPECT_LE(found.size(), 4000u * settings.max_candidates);
  const auto some = std::span(found).first(std::min<std::size_t>(found.size(), 500));
  for (const MatchedPair& pair : verify(some, lib.items_of(), settings))
    EXPECT_EQ(judge(pair.evidence).relation, Relation::insufficient);
}

TEST(JoinTest, StopsWhenAskedAndTellsItsProgress) {
  Library lib;
  for (std::size_t i = 0; i < 300; ++i) lib.add(make_items(i, 100));
  lib.plant("exact", 5, std::vector<Item>(lib.items(5)));
  std::map<std::string, std::uint64_t> last;
  const Progress progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_LE(done, total);
    EXPECT_GT(done, last[std::string(stage)]);
    last[std::string(stage)] = done;
  };
  JoinSettings settings;
  settings.third_probe_max_library = 0;
  settings.second_probe_radius = -1;
  join(lib.index(), lib.tracks(), lib.items_of(), settings, progress);
  EXPECT_EQ(last["candidates"], 301u);
  EXPECT_EQ(last["verify"], 1u);

  std::stop_source source;
  source.request_stop();
  try {
    join(lib.index(), lib.tracks(), lib.items_of(), {}, {}, source.get_token());
    FAIL() << "did not stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
}

}  // namespace
}  // namespace echofold::join_join_test
