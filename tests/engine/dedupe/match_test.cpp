// Pairs of a real store, as tracks come, go and come back.
#include "engine/dedupe/match.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "engine/dedupe/index_file.h"
#include "engine/dedupe/query.h"
#include "index/base/error.h"
#include "index/pair/align.h"
#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_match_test {
namespace {

using namespace test;
using Names = std::vector<std::string>;

void add_strangers(SmallLibrary& library, std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) library.add("/s/" + std::to_string(first + i), music(first + i));
}

TEST(Match, FindsCopiesAndNothingElse) {
  SmallLibrary library;
  add_strangers(library, 100, 8);
  library.add("/m/b", music(1));
  library.add("/m/a", copy_of(1));
  library.add("/m/c", copy_of(2));
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
  const auto pair = list_pairs(library.store().snapshot(), {}).at(0);
  EXPECT_EQ(pair.judgement, (Judgement{Relation::same_recording, Band::automatic, ""}));
  EXPECT_EQ(library.store().snapshot().paired_through(), library.store().snapshot().last_track_id());
}

TEST(Match, ALargeLibraryIsJoinedInMemoryAndIndexedAfterwards) {
  SmallLibrary library;
  library.settings.library_join_from = 4;
  std::vector<std::string_view> stages;
  const auto update = [&] {
    stages.clear();
    update_pairs(library.store(), library.settings,
                 [&](std::string_view stage, std::uint64_t, std::uint64_t) {
                   if (stages.empty() || stages.back() != stage) stages.push_back(stage);
                 });
  };
  add_strangers(library, 100, 12);
  library.add("/m/b", music(1));
  library.add("/m/a", copy_of(1));
  update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
  EXPECT_EQ(stages, (std::vector<std::string_view>{"keys", "candidates", "index"}));
  EXPECT_TRUE(std::filesystem::exists(index_path(library.store())));
  const auto generation = library.store().snapshot().generation();
  update();
  EXPECT_EQ(library.store().snapshot().generation(), generation);
  // One new track is looked up in the index; a fifth of the library is not.
  library.add("/m/c", copy_of(1, 2));
  update();
  EXPECT_EQ(library.pairs(), (Names{"/m/a|/m/b", "/m/a|/m/c", "/m/b|/m/c"}));
  EXPECT_EQ(std::count(stages.begin(), stages.end(), "keys"), 0);
  for (int i = 3; i < 7; ++i)
    library.add("/n/" + std::to_string(i), copy_of(1, static_cast<std::uint64_t>(i)));
  update();
  EXPECT_EQ(library.pairs().size(), 21u);
  EXPECT_EQ(std::count(stages.begin(), stages.end(), "keys"), 1);
}

TEST(Match, NewTracksMeetTheLibrary) {
  SmallLibrary library;
  add_strangers(library, 100, 12);
  library.add("/m/a", music(1));
  library.update();
  EXPECT_EQ(library.pairs(), Names{});
  const auto built = std::filesystem::last_write_time(index_path(library.store()));
  library.add("/m/b", copy_of(1));
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
  // One in thirteen is less than a tenth: the file stayed, the new track was a delta.
  EXPECT_EQ(std::filesystem::last_write_time(index_path(library.store())), built);
  library.add("/m/c", copy_of(1, 2));
  library.update();
  EXPECT_EQ(library.pairs(), (Names{"/m/a|/m/b", "/m/a|/m/c", "/m/b|/m/c"}));
}

/// Inode and time of every file of the index.
std::map<std::string, std::pair<std::uint64_t, std::int64_t>> index_files(const Store& store) {
  std::map<std::string, std::pair<std::uint64_t, std::int64_t>> files;
  for (const auto& entry : std::filesystem::directory_iterator(store.dir())) {
    struct stat status {};
    const std::string name = entry.path().filename();
    if (name.starts_with("index.faiss") && stat(entry.path().c_str(), &status) == 0)
      files[name] = {status.st_ino, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
  }
  return files;
}

TEST(Match, TheIndexIsWrittenAgainWhenMoreThanATenthIsNew) {
  SmallLibrary library;
  add_strangers(library, 100, 40);
  library.update();
  const auto built = index_files(library.store());
  ASSERT_EQ(built.size(), 2u);
  for (std::uint64_t i = 0; i < 4; ++i) {
    library.add("/c/" + std::to_string(i), copy_of(100 + i));
    library.update();
    EXPECT_EQ(index_files(library.store()), built);
    EXPECT_EQ(library.pairs().size(), i + 1) << "and yet what is new is found";
  }
  library.add("/c/4", copy_of(104));
  library.update();
  EXPECT_EQ(library.pairs().size(), 5u);
  const auto again = index_files(library.store());
  ASSERT_EQ(again.size(), 2u) << "the old lists are gone";
  for (const auto& [name, file] : again) EXPECT_FALSE(built.contains(name) && built.at(name) == file) << name;
  EXPECT_EQ(open_index_file(library.store(), library.settings.keys)->track_ids().size(), 45u);
}

TEST(Match, FoundPairsAreKeptAndNotMeasuredAgain) {
  SmallLibrary library;
  add_strangers(library, 100, 20);
  const TrackId a = library.add("/m/a", music(1)), b = library.add("/m/b", copy_of(1));
  library.update();
  Evidence marked = *library.store().snapshot().pair(a, b);
  marked.contrast += 0.125;  // a later call would not measure this
  library.store().write([&](Writer& writer) { writer.put_pair(a, b, marked); });
  const TrackId c = library.add("/m/c", copy_of(1, 2));
  library.update();
  EXPECT_EQ(library.store().snapshot().pair(a, b), marked);
  EXPECT_TRUE(library.store().snapshot().pair(a, c));
}

TEST(Match, IsIdempotent) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  library.add("/m/b", copy_of(1));
  library.update();
  const auto generation = library.store().snapshot().generation();
  library.update();
  EXPECT_EQ(library.store().snapshot().generation(), generation);
  EXPECT_EQ(library.pairs().size(), 1u);
}

TEST(Match, IdenticalFingerprintsAreJoinedOnce) {
  SmallLibrary library;
  for (const char* path : {"/m/a1", "/m/a2", "/m/a3"}) library.add(path, music(1));
  library.add("/m/b", copy_of(1));
  library.update();
  EXPECT_EQ(library.pairs(),
            (Names{"/m/a1|/m/a2", "/m/a1|/m/a3", "/m/a1|/m/b", "/m/a2|/m/a3", "/m/a2|/m/b", "/m/a3|/m/b"}));
  EXPECT_EQ(library.pairs(2), (Names{"/m/a1|/m/a2", "/m/a1|/m/a3", "/m/a1|/m/b"}));
  std::size_t stored = 0;
  library.store().snapshot().for_each_pair([&](TrackId, TrackId, const Evidence&) { ++stored; });
  EXPECT_EQ(stored, 1u);
  for (const ListedPair& pair : list_pairs(library.store().snapshot(), {}))
    EXPECT_EQ(pair.judgement.band, Band::automatic);
}

TEST(Match, ANewRepresentativeIsJoined) {
  SmallLibrary library;
  const TrackId first = library.add("/m/a1", music(1));
  library.add("/m/a2", music(1));
  library.add("/m/b", copy_of(1));
  add_strangers(library, 100, 20);
  library.update();
  library.remove(first);
  EXPECT_EQ(library.pairs(), Names{});
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a2|/m/b"});
}

TEST(Match, ChangedItemsAreJoinedAgain) {
  SmallLibrary library;
  add_strangers(library, 100, 12);
  library.add("/m/a", music(1));
  const TrackId old = library.add("/m/b", copy_of(1));
  library.update();
  TrackRecord track = *library.store().snapshot().track(old);
  const TrackId now = library.add(track, copy_of(100));
  EXPECT_NE(now, old);
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/b|/s/100"});
}

TEST(Match, FilesThatAreAwayKeepTheirPairs) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  const TrackId b = library.add("/m/b", copy_of(1));
  library.change(b, [](TrackRecord& t) { t.place = TrackPlace::missing; });
  library.update();
  EXPECT_EQ(library.pairs(), Names{});
  library.change(b, [](TrackRecord& t) { t.place = TrackPlace::present; });
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
  library.change(b, [](TrackRecord& t) {
    t.place = TrackPlace::set_aside;
    t.set_aside_path = "/m/.echofold-duplicates/r/b";
  });
  EXPECT_EQ(library.pairs(), Names{});
}

TEST(Match, OtherSettingsStartOver) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  library.add("/m/b", copy_of(1));
  library.update();
  library.settings.join.thresholds.related_corrected_ber = 0;
  library.settings.join.thresholds.min_contrast = 1;
  library.update();
  EXPECT_EQ(library.pairs(), Names{});
  library.settings = {};
  library.settings.keys.sampling = 2;
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
  // Settings that only decide how evidence is judged drop no pairs.
  const auto generation = library.store().snapshot().generation();
  library.settings.join.thresholds.auto_similarity = 0.99;
  library.update();
  EXPECT_EQ(library.store().snapshot().generation(), generation);
}

TEST(Match, PairsThatAnOlderVersionMeasuredAreMeasuredAgain) {
  SmallLibrary library;
  const TrackId a = library.add("/m/a", music(1)), b = library.add("/m/b", copy_of(1));
  library.update();
  Store& store = library.store();
  const Evidence measured = *store.snapshot().pair(a, b);
  Evidence old = measured;
  old.short_ber = Evidence::not_measured;
  std::string settings = *store.snapshot().meta("match.settings");
  settings[0] = '2';
  store.write([&](Writer& writer) {
    writer.put_pair(a, b, old);
    writer.put_meta("match.settings", settings);
  });
  EXPECT_EQ(list_pairs(store.snapshot(), {}).at(0).judgement.guard, "unmeasured") << "until then never auto";
  library.update();
  EXPECT_EQ(store.snapshot().pair(a, b), measured);
  EXPECT_EQ(list_pairs(store.snapshot(), {}).at(0).judgement.band, Band::automatic);
}

TEST(Match, AMomentThatDiffersTakesAPairToReview) {
  SmallLibrary library;
  std::vector<Item> clean = copy_of(1);
  for (std::size_t i = 200; i < 216; ++i) clean[i] ^= 0x80402010u;  // a word is muted
  library.add("/m/a", music(1));
  library.add("/m/b", clean);
  library.update();
  EXPECT_EQ(list_pairs(library.store().snapshot(), {}).at(0).judgement,
            (Judgement{Relation::same_recording, Band::review, "short"}));
}

/// A second half of sustained sound, which no guard can judge.
std::vector<Item> half_held(std::vector<Item> items, Item note) {
  std::fill(items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2), items.end(), note);
  return items;
}

TEST(Match, WhatCannotBeComparedTakesAPairToReview) {
  SmallLibrary library;
  library.add("/m/a", half_held(music(1), 0x12345678));
  library.add("/m/b", half_held(copy_of(1), 0x12345687));
  library.update();
  EXPECT_EQ(list_pairs(library.store().snapshot(), {}).at(0).judgement,
            (Judgement{Relation::same_recording, Band::review, "unknown"}));
}

TEST(Match, ANoteThatBothHoldIsNoDoubt) {
  SmallLibrary library;
  library.add("/m/a", half_held(music(1), 0x12345678));
  library.add("/m/b", half_held(copy_of(1), 0x12345679));
  library.update();
  EXPECT_EQ(list_pairs(library.store().snapshot(), {}).at(0).judgement.band, Band::automatic);
}

TEST(Match, AStoppedTurnIsRepeated) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  library.add("/m/b", copy_of(1));
  std::stop_source stop;
  stop.request_stop();
  try {
    update_pairs(library.store(), library.settings, {}, stop.get_token());
    FAIL() << "not stopped";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::interrupted);
  }
  EXPECT_EQ(library.store().snapshot().paired_through(), 0u);
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
}

TEST(Match, ALostIndexFileIsBuiltAgain) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  library.update();
  std::ofstream(index_path(library.store()), std::ios::trunc) << "not an index";
  library.add("/m/b", copy_of(1));
  library.update();
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/b"});
}

TEST(Match, NewTracksMeetNoDamagedPostings) {
  test::SmallLibrary library;
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    library.add("/m/" + std::to_string(seed), test::music(seed));
  library.update();
  std::filesystem::path lists;
  for (const auto& entry : std::filesystem::directory_iterator(index_path(library.store()).parent_path()))
    if (entry.path().extension() == ".lists") lists = entry.path();
  {
    std::fstream file(lists, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(lists) / 2));
    file.put('\x7f').put('\x7f').put('\x7f');
  }
  ASSERT_FALSE(open_index_file(library.store(), library.settings.keys)->intact());
  library.update();
  EXPECT_FALSE(open_index_file(library.store(), library.settings.keys)->intact()) << "nobody needed it";
  library.add("/m/new", test::copy_of(7));
  library.update();
  EXPECT_TRUE(open_index_file(library.store(), library.settings.keys)->intact());
  EXPECT_EQ(library.pairs(), std::vector<std::string>{"/m/7|/m/new"});
}

TEST(Match, EmptyAndUnfingerprintedLibraries) {
  SmallLibrary library;
  library.update();
  TrackRecord failed = mp3("/m/f");
  failed.status = TrackStatus::failed;
  failed.failure = "no audio";
  library.add(failed, {});
  library.update();
  EXPECT_EQ(library.pairs(), Names{});
  EXPECT_EQ(library.store().snapshot().paired_through(), 1u);
}

TEST(Match, TitlesTakeAPairToReview) {
  SmallLibrary library;
  TrackRecord live = mp3("/m/a");
  live.tags.title = "Song (Live)";
  TrackRecord studio = mp3("/m/b");
  studio.tags.title = "Song";
  library.add(live, music(1));
  library.add(studio, copy_of(1));
  library.update();
  EXPECT_EQ(list_pairs(library.store().snapshot(), {}).at(0).judgement,
            (Judgement{Relation::same_recording, Band::review, "title"}));
}

TEST(Match, EvidenceIsOfTheListedOrder) {
  SmallLibrary library;
  std::vector<Item> cut = music(1);
  cut.erase(cut.begin(), cut.begin() + 12);
  library.add("/m/b", music(1));  // the lower id, the later path
  library.add("/m/a", cut);
  library.update();
  const auto pair = list_pairs(library.store().snapshot(), {}).at(0);
  EXPECT_EQ(library.store().snapshot().track(pair.a)->path, "/m/a");
  EXPECT_EQ(pair.evidence.offset_items, -12);  // b starts before a
}

TEST(Match, ReversedTwiceIsTheSame) {
  const std::vector<Item> a = music(1);
  std::vector<Item> b = shifted_by_part(a, 0.3, 5);
  b.erase(b.begin(), b.begin() + 20);
  const Evidence forth = exhaustive_alignment(a, b), back = exhaustive_alignment(b, a);
  EXPECT_EQ(reversed(reversed(forth)), forth);
  EXPECT_EQ(reversed(forth).offset_items, back.offset_items);
  EXPECT_NEAR(reversed(forth).phase_items, back.phase_items, 1e-9);
  EXPECT_EQ(reversed(forth).overlap_items, back.overlap_items);
}

TEST(Match, ReversedEvidenceOfAnotherSpeedIsThatOfTheExchangedPair) {
  Evidence forth;
  forth.offset_items = 20;
  forth.phase_items = 0.25;
  forth.speed = 1.025;
  const Evidence back = reversed(forth);
  EXPECT_NEAR(back.speed, 1 / 1.025, 1e-12);
  EXPECT_NEAR(back.offset_items + back.phase_items, -20.25 / 1.025, 1e-9);
  EXPECT_LE(std::abs(back.phase_items), 0.5);
  EXPECT_NEAR(reversed(back).offset_s(), forth.offset_s(), 1e-9);
}

TEST(Query, FindsTheLibrarysCopies) {
  SmallLibrary library;
  add_strangers(library, 100, 4);
  const TrackId a = library.add("/m/a", music(1));
  const TrackId same = library.add("/m/same", music(1));
  const auto check = [&](const Store& store) {
    const auto found = query(store, copy_of(1), library.settings);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].track, a);
    EXPECT_EQ(found[1].track, same);
    EXPECT_GT(found[0].evidence.similarity(), 0.98);
    EXPECT_EQ(found[0].judgement.band, Band::automatic);
  };
  check(library.store());  // without an index file
  library.update();
  check(library.store());
  const auto others = query(library.store(), music(1), library.settings, a);
  ASSERT_EQ(others.size(), 1u);
  EXPECT_EQ(others[0].track, same);
  EXPECT_TRUE(query(library.store(), music(999), library.settings).empty());
}

TEST(Query, TellsTheOffsetFromTheQuery) {
  SmallLibrary library;
  library.add("/m/a", music(1));
  std::vector<Item> cut = music(1);
  cut.erase(cut.begin(), cut.begin() + 30);
  const auto found = query(library.store(), cut, library.settings);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].evidence.offset_items, -30);
}

TEST(Query, WorksOnAStoreThatIsOnlyRead) {
  TempDir dir;
  {
    Store store = Store::open(dir / "db");
    store.write([](Writer& writer) { writer.put_track(mp3("/m/a"), music(1)); });
  }
  const Store store = Store::open_to_read(dir / "db");
  EXPECT_EQ(query(store, copy_of(1), {}).size(), 1u);
  EXPECT_FALSE(std::filesystem::exists(index_path(store)));
}

}  // namespace
}  // namespace echofold::dedupe_match_test
