// Names for tracks: which file gets which, which keep theirs, what goes along; and undo takes all of it back.
#include "engine/order/organize.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "index/base/error.h"
#include "tests/engine/order/tagged_library.h"
#include "tests/support/kill.h"
#include "tests/support/temp_base.h"

namespace echofold::order_organize_test {
namespace {

using test::tags_of;

struct OrganizeTest : testing::Test, test::TaggedLibrary {
  OrganizeTest() { add_root(); }

  /// Acts, then shows that a second run has nothing to do, and that undo restores tree and records.
  void organize_there_and_back() {
    test::age(root);
    rescan();
    const auto before = test::tree(root);
    std::map<TrackId, std::string> names;
    store.snapshot().for_each_track([&](const TrackRecord& track) { names[track.id] = track.path; });
    if (organize().moved == 0) return;
    store.snapshot().for_each_track([&](const TrackRecord& track) {
      if (track.place == TrackPlace::present) {
        EXPECT_EQ(track.stamp, test::stamp(track.path)) << "the next scan would open it";
      }
    });
    EXPECT_TRUE(this->names().renames.empty()) << this->names().renames.front().from;
    EXPECT_EQ(undo().skipped, 0U);
    EXPECT_EQ(test::tree(root), before);
    store.snapshot().for_each_track(
        [&](const TrackRecord& track) { EXPECT_EQ(track.path, names[track.id]); });
    EXPECT_GT(organize().moved, 0U);
  }

  /// The stamps after times were changed.
  void rescan() {
    std::vector<TrackRecord> records;
    store.snapshot().for_each_track([&](const TrackRecord& track) { records.push_back(track); });
    store.write([&](Writer& writer) {
      for (TrackRecord& record : records) {
        if (record.place == TrackPlace::present && test::exists(record.path))
          record.stamp = test::stamp(record.path);
        writer.update_track(record);
      }
    });
  }

  std::string why(const std::string& name) {
    for (const LeftAlone& left : names().left)
      if (left.path == path(name)) return left.why;
    return "not left alone";
  }
};

TEST_F(OrganizeTest, FilesFollowTheirTags) {
  const TrackId id = track("in/x.flac", tags_of("Björk", "Homogenic", "2", "Jóga"));
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "Björk/Homogenic/02 Jóga.flac");
  EXPECT_EQ(bytes("Björk/Homogenic/02 Jóga.flac"), "bytes of in/x.flac");
  EXPECT_FALSE(test::exists(path("in"))) << "an emptied folder stays behind";
  EXPECT_EQ(history(store).front().kind, "organize");
}

TEST_F(OrganizeTest, WellNamedFilesStay) {
  track("A/B/01 t.flac", tags_of("A", "B", "1", "t"));
  EXPECT_EQ(names().well_named, 1U);
  EXPECT_EQ(organize().run, "");
  EXPECT_TRUE(history(store).empty()) << "a run without a rename leaves no journal";
}

TEST_F(OrganizeTest, BothFilesOfOneNameAreKept) {
  const TrackId there = track("A/B/01 t.mp3", tags_of("A", "B", "1", "t"));
  const TrackId first = track("a.mp3", tags_of("A", "B", "1", "t"));
  const TrackId second = track("b.mp3", tags_of("A", "B", "1", "t"));
  organize_there_and_back();
  EXPECT_EQ(name_of(there), "A/B/01 t.mp3");
  EXPECT_EQ(name_of(first), "A/B/01 t (2).mp3");
  EXPECT_EQ(name_of(second), "A/B/01 t (3).mp3");
}

TEST_F(OrganizeTest, ANumberGoesWhenTheNameIsFree) {
  const TrackId id = track("A/B/01 t (3).mp3", tags_of("A", "B", "1", "t"));
  const TrackId other = track("A/B/01 t (2).mp3", tags_of("A", "B", "1", "t"));
  organize_there_and_back();
  EXPECT_EQ(name_of(other), "A/B/01 t.mp3");
  EXPECT_EQ(name_of(id), "A/B/01 t (2).mp3");
}

TEST_F(OrganizeTest, WhatIsNoTrackIsNeverInTheWay) {
  file("A/B/01 t.mp3", "not scanned");
  file("A/B/01 T (2).MP3", "another, but for case");
  const TrackId id = track("x.mp3", tags_of("A", "B", "1", "t"));
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "A/B/01 t (3).mp3");
  EXPECT_EQ(bytes("A/B/01 t.mp3"), "not scanned");
}

TEST_F(OrganizeTest, NamesThatDifferByCaseOrNormalFormAreOne) {
  const TrackId a = track("1.mp3", tags_of("ABBA", "S.O.S.", "1", "Caf\u00e9"));
  const TrackId b = track("2.mp3", tags_of("Abba", "s.o.s", "1", "CAFE\u0301"));
  organize_there_and_back();
  EXPECT_EQ(name_of(a), "ABBA/S.O.S/01 Caf\u00e9.mp3");
  EXPECT_EQ(name_of(b), "ABBA/S.O.S/01 CAF\u00c9 (2).mp3");
}

TEST_F(OrganizeTest, OfNamesThatDifferByCaseTheFirstStays) {
  const TrackId asked = track("A/B/01 x.mp3", tags_of("A", "B", "1", "x"));
  const TrackId other = track("A/B/01 X.mp3", tags_of("A", "B", "1", "x"));
  const TrackId upper = track("A/B/02 Y.mp3", tags_of("A", "B", "2", "Y"));
  const TrackId lower = track("A/B/02 y.mp3", tags_of("A", "B", "2", "y"));
  const TrackId composed = track("A/B/03 \u00e9.mp3", tags_of("A", "B", "3", "\u00e9"));
  const TrackId decomposed = track("A/B/03 e\u0301.mp3", tags_of("A", "B", "3", "e\u0301"));
  organize_there_and_back();
  EXPECT_EQ(name_of(asked), "A/B/01 x.mp3");
  EXPECT_EQ(name_of(other), "A/B/01 x (2).mp3");
  EXPECT_EQ(name_of(upper), "A/B/02 Y.mp3");
  EXPECT_EQ(name_of(lower), "A/B/02 y (2).mp3");
  EXPECT_EQ(name_of(composed), "A/B/03 \u00e9.mp3");
  EXPECT_EQ(name_of(decomposed), "A/B/03 \u00e9 (2).mp3");
}

TEST_F(OrganizeTest, AFolderThatIsThereKeepsItsSpelling) {
  file("abba/other", "x");
  const TrackId id = track("1.mp3", tags_of("ABBA", "Gold", "1", "t"));
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "abba/Gold/01 t.mp3");
}

TEST_F(OrganizeTest, OnlyTheCaseOfANameChanges) {
  const TrackId id = track("A/B/01 T.mp3", tags_of("A", "B", "1", "t"));
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "A/B/01 t.mp3");
}

TEST_F(OrganizeTest, FilesChangePlacesInRingsAndChains) {
  name_template = "{title}";
  const TrackId a = track("a.mp3", tags_of("", "", "", "b"));
  const TrackId b = track("b.mp3", tags_of("", "", "", "c"));
  const TrackId c = track("c.mp3", tags_of("", "", "", "a"));
  const TrackId d = track("d.mp3", tags_of("", "", "", "e"));
  const TrackId e = track("e.mp3", tags_of("", "", "", "f"));
  organize_there_and_back();
  EXPECT_EQ(name_of(a) + name_of(b) + name_of(c) + name_of(d) + name_of(e), "b.mp3c.mp3a.mp3e.mp3f.mp3");
  EXPECT_EQ(bytes("b.mp3"), "bytes of a.mp3");
  EXPECT_EQ(bytes("c.mp3"), "bytes of b.mp3");
  EXPECT_EQ(bytes("a.mp3"), "bytes of c.mp3");
  EXPECT_EQ(bytes("e.mp3"), "bytes of d.mp3");
}

TEST_F(OrganizeTest, WhatCannotBeNamedIsListed) {
  track("untagged.mp3", {});
  track("changed.mp3", tags_of("A", "B", "1", "t"));
  file("changed.mp3", "other bytes than before");
  track("links.mp3", tags_of("A", "B", "1", "t"));
  TrackRecord linked = record(*store.snapshot().find_path(path("links.mp3")));
  linked.link_paths = {path("other.mp3")};
  store.write([&](Writer& writer) { writer.update_track(linked); });
  track("safe/x.mp3", tags_of("A", "B", "1", "t"));
  track("bare", tags_of("A", "B", "1", "t"));
  settings.protected_folders = {path("safe")};
  EXPECT_EQ(why("untagged.mp3"), "its tags have no artist");
  EXPECT_NE(why("changed.mp3").find("scan the library again"), std::string::npos);
  EXPECT_NE(why("links.mp3").find("several names"), std::string::npos);
  EXPECT_NE(why("safe/x.mp3").find("protected"), std::string::npos);
  EXPECT_NE(why("bare").find("no extension"), std::string::npos);
  EXPECT_EQ(organize().moved, 0U);
}

TEST_F(OrganizeTest, APathThatIsTooLongIsRefused) {
  name_template = "{artist}";
  for (int i = 0; i < 20; ++i) name_template += "/{title}";
  track("x.mp3", tags_of("A", "B", "1", std::string(300, 't')));
  EXPECT_NE(why("x.mp3").find("longer than 4095 bytes"), std::string::npos);
}

TEST_F(OrganizeTest, AFileWhereAFolderShouldBe) {
  file("A", "no folder");
  track("x.mp3", tags_of("A", "B", "1", "t"));
  EXPECT_NE(why("x.mp3").find("is a file"), std::string::npos);
}

TEST_F(OrganizeTest, SetAsideAndMissingTracksTakeNoPart) {
  const TrackId id = track("x.mp3", tags_of("A", "B", "1", "t"));
  for (const TrackPlace place : {TrackPlace::set_aside, TrackPlace::missing, TrackPlace::imported}) {
    TrackRecord away = record(id);
    away.place = place;
    store.write([&](Writer& writer) { writer.update_track(away); });
    EXPECT_TRUE(names().renames.empty() && names().left.empty());
  }
}

TEST_F(OrganizeTest, OnlyWhatIsUnderThePaths) {
  track("one/x.mp3", tags_of("A", "B", "1", "t"));
  const TrackId id = track("two/x.mp3", tags_of("A", "B", "1", "t"));
  settings.under = {path("two")};
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "A/B/01 t.mp3");
  EXPECT_TRUE(test::exists(path("one/x.mp3")));
}

TEST_F(OrganizeTest, IntoAnotherFolder) {
  const TrackId id = track("x.mp3", tags_of("A", "B", "1", "t"));
  settings.into = path("sorted");
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "sorted/A/B/01 t.mp3");
  settings.into = path(".hidden/x");
  EXPECT_THROW(names(), Error);
}

TEST_F(OrganizeTest, LyricsCuesAndCoversGoAlong) {
  track("in/x.flac", tags_of("A", "B", "1", "t"));
  track("in/y.flac", tags_of("A", "B", "2", "u"));
  for (const char* name : {"x.lrc", "y.CUE", "cover.jpg", "Folder.png", "notes.txt", "z.lrc"})
    file(std::string("in/") + name, name);
  file("A/B/01 t.lrc", "was there");
  organize_there_and_back();
  EXPECT_EQ(bytes("A/B/01 t (2).lrc"), "x.lrc");
  EXPECT_EQ(bytes("A/B/02 u.CUE"), "y.CUE");
  EXPECT_EQ(bytes("A/B/cover.jpg"), "cover.jpg");
  EXPECT_EQ(bytes("A/B/Folder.png"), "Folder.png");
  EXPECT_EQ(bytes("in/notes.txt"), "notes.txt");
  EXPECT_EQ(bytes("in/z.lrc"), "z.lrc");
}

TEST_F(OrganizeTest, PartnersAreRenamedInStep) {
  track("in/x.flac", tags_of("A", "B", "1", "t"));
  for (const char* name : {"x.flac.md5", "x.cdg", "x.en.srt", "X.txt", "album.m3u", "rip.log", "y.cdg"})
    file(std::string("in/") + name, name);
  organize_there_and_back();
  EXPECT_EQ(bytes("A/B/01 t.flac.md5"), "x.flac.md5");
  EXPECT_EQ(bytes("A/B/01 t.cdg"), "x.cdg");
  EXPECT_EQ(bytes("A/B/01 t.en.srt"), "x.en.srt");
  EXPECT_EQ(bytes("A/B/01 t.txt"), "X.txt");
  EXPECT_EQ(bytes("A/B/album.m3u"), "album.m3u");
  EXPECT_EQ(bytes("A/B/rip.log"), "rip.log");
  EXPECT_EQ(bytes("in/y.cdg"), "y.cdg");
}

TEST_F(OrganizeTest, MusicThatWouldPartFromWhatItSharesStays) {
  track("x.flac", tags_of("A", "B", "1", "t"));
  track("x.mp3", tags_of("A", "B", "1", "another"));
  file("x.lrc", "of both");
  EXPECT_NE(why("x.flac").find("x.lrc"), std::string::npos) << why("x.flac");
  EXPECT_NE(why("x.mp3").find("x.lrc"), std::string::npos);
  EXPECT_TRUE(names().renames.empty());
  TrackRecord retagged = record(*store.snapshot().find_path(path("x.mp3")));
  retagged.tags = tags_of("A", "B", "1", "t");
  store.write([&](Writer& writer) { writer.update_track(retagged); });
  organize_there_and_back();
  EXPECT_EQ(bytes("A/B/01 t.lrc"), "of both");
}

TEST_F(OrganizeTest, AFileThatArrivesDoesNotTakeOverAPartner) {
  // Both of this stem stay, because they share the lyrics and would get different names.
  file("A/x.lrc", "words");
  track("A/x.mp3", test::tags_of("A", "A", "0", "A"));
  track("A/X.mp3", test::tags_of("A", "A", "0", "A"));
  track("t.flac", test::tags_of("A", "A", "0", "x"));
  name_template = "[{artist}/]{title}";
  organize();
  EXPECT_TRUE(test::exists(path("A/x (2).flac"))) << "as x.flac it would have the lyrics of the other song";
  EXPECT_TRUE(test::exists(path("A/x.mp3")));
  EXPECT_TRUE(test::exists(path("A/X.mp3")));
  EXPECT_TRUE(names().renames.empty());
}

TEST_F(OrganizeTest, WhatBelongsToMusicThatCannotGoStays) {
  track("x.mp3", tags_of("A", "B", "1", "t"));
  file("x.lrc", "words");
  const OrganizePlan plan = names();
  ASSERT_EQ(plan.renames.size(), 2U);
  EXPECT_EQ(plan.renames[0].from, path("x.lrc")) << "first: its music follows only where it could go";
  file("A/B/01 t.mp3", "by now");
  auto summary = rename_files(store, "organize", plan.renames, plan.turns);
  EXPECT_EQ(summary.moved, 0U);
  EXPECT_EQ(summary.skipped, 2U);
  EXPECT_EQ(bytes("x.lrc"), "words");
  std::filesystem::remove(path("A/B/01 t.mp3"));
  file("A/B/01 t.lrc", "by now");
  summary = rename_files(store, "organize", plan.renames, plan.turns);
  EXPECT_EQ(summary.moved, 0U);
  EXPECT_EQ(bytes("x.mp3"), "bytes of x.mp3");
}

TEST_F(OrganizeTest, AfterAStopEachRenameIsReported) {
  constexpr int tracks = 70;  // more than one batch
  for (int i = 0; i < tracks; ++i) {
    const std::string number = std::to_string(i);
    track("in/" + number + ".mp3", tags_of("A", "B", number, "t"));
  }
  const OrganizePlan plan = names();
  std::map<std::string, std::string> reported;
  std::stop_source stop;
  const auto summary = rename_files(
      store, "organize", plan.renames, plan.turns,
      [&](const Step& step) {
        EXPECT_TRUE(reported.emplace(place_before(step), outcome(step).note).second) << place_before(step);
        stop.request_stop();
      },
      stop.get_token());
  EXPECT_TRUE(summary.interrupted);
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.skipped, tracks - 1U);
  ASSERT_EQ(reported.size(), plan.renames.size());
  const Rename& last = plan.renames[plan.turns.back().rename];
  EXPECT_EQ(reported[last.from], last.from + ": stopped on request before it was moved");
  EXPECT_EQ(undo().restored, 1U);
}

TEST_F(OrganizeTest, AStopBeforeTheFirstTurnIsReported) {
  track("x.mp3", tags_of("A", "B", "1", "t"));
  const OrganizePlan plan = names();
  std::stop_source stop;
  stop.request_stop();
  const auto summary = rename_files(store, "organize", plan.renames, plan.turns, {}, stop.get_token());
  EXPECT_EQ(summary.skipped, 1U);
  EXPECT_TRUE(history(store).empty());
}

TEST_F(OrganizeTest, ACueSheetOfSeveralFilesGoesWhereAllGo) {
  track("in/1.flac", tags_of("A", "B", "1", "t"));
  track("in/2.flac", tags_of("A", "B", "2", "u"));
  file("in/Album.cue", "FILE \"1.flac\" WAVE\nFILE \"2.flac\" WAVE\n");
  track("parts/1.flac", tags_of("A", "C", "1", "t"));
  track("parts/2.flac", tags_of("A", "D", "2", "u"));
  file("parts/Album.cue", "FILE \"1.flac\" WAVE\nFILE \"2.flac\" WAVE\n");
  organize_there_and_back();
  EXPECT_TRUE(test::exists(path("A/B/Album.cue")));
  EXPECT_TRUE(test::exists(path("parts/Album.cue"))) << "its lines follow";
}

TEST_F(OrganizeTest, ACoverStaysWithMusicThatStaysOrParts) {
  track("in/x.flac", tags_of("A", "B", "1", "t"));
  track("in/y.flac", tags_of("A", "C", "1", "u"));
  file("in/cover.jpg", "cover");
  track("mixed/x.flac", tags_of("A", "D", "1", "t"));
  file("mixed/not scanned.flac", "x");
  file("mixed/cover.jpg", "cover");
  organize_there_and_back();
  EXPECT_EQ(bytes("in/cover.jpg"), "cover");
  EXPECT_EQ(bytes("mixed/cover.jpg"), "cover");
}

TEST_F(OrganizeTest, EmptiedFoldersComeBackAsTheyWere) {
  track("one/two/x.flac", tags_of("A", "B", "1", "t"));
  std::filesystem::create_directories(path("one/empty before"));
  chmod(path("one/two").c_str(), 0750);
  organize_there_and_back();
  EXPECT_FALSE(test::exists(path("one/two")));
  EXPECT_TRUE(test::exists(path("one/empty before"))) << "a folder that the run did not empty";
}

TEST_F(OrganizeTest, AnAlbumOfSeveralDiscs) {
  Tags first = tags_of("A", "B", "1", "t"), second = tags_of("A", "B", "1", "u");
  first.disc = std::string("1");
  second.disc = std::string("2");
  const TrackId id = track("x.mp3", first);
  track("y.mp3", second);
  organize_there_and_back();
  EXPECT_EQ(name_of(id), "A/B/1-01 t.mp3");
}

TEST_F(OrganizeTest, ANameThatWasTakenSinceIsLeft) {
  const TrackId id = track("x.mp3", tags_of("A", "B", "1", "t"));
  const OrganizePlan plan = names();
  file("A/B/01 t.mp3", "by now");
  const auto summary = rename_files(store, "organize", plan.renames, plan.turns);
  EXPECT_EQ(summary.skipped, 1U);
  EXPECT_EQ(name_of(id), "x.mp3");
  EXPECT_EQ(bytes("A/B/01 t.mp3"), "by now");
}

TEST_F(OrganizeTest, ARingOfWhichOneChangedIsLeftAsItWas) {
  name_template = "{title}";
  track("a.mp3", tags_of("", "", "", "b"));
  track("b.mp3", tags_of("", "", "", "a"));
  const OrganizePlan plan = names();
  file("b.mp3", "changed since");
  const auto summary = rename_files(store, "organize", plan.renames, plan.turns);
  EXPECT_EQ(summary.moved, 0U);
  EXPECT_EQ(bytes("a.mp3"), "bytes of a.mp3");
  EXPECT_EQ(bytes("b.mp3"), "changed since");
}

// --- Killed at a system call ---

/// Rings, sidecars, new and emptied folders: all that a run does.
struct Everything : test::TaggedLibrary {
  Everything() {
    add_root();
    name_template = "[{album}/]{title}";
    track("a.mp3", tags_of("", "", "", "b"));
    track("b.mp3", tags_of("", "", "", "a"));
    track("in/x.flac", tags_of("", "new", "", "t"));
    file("in/x.lrc", "words");
    file("in/cover.jpg", "cover");
    age_all();
  }
};

template <class Prepare, class Job>
void kill_everywhere(Prepare prepare, Job job) {
  const test::TempInMemory memory;
  long kills = 0;
  for (long at = 1;; at += 9) {
    Everything victim;
    const auto files = test::contents({victim.root});
    const auto before = test::tree(victim.root, false);
    prepare(victim);
    victim.close();
    const long calls = test::killed_at(
        at, [&] { victim.store = victim.open(); }, [&] { job(victim); });
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    victim.store = victim.open();
    recover(victim.store);
    ASSERT_EQ(test::contents({victim.root}), files) << "after a kill at call " << at;
    ASSERT_EQ(recover(victim.store), 0U) << at;
    victim.store.snapshot().for_each_track([&](const TrackRecord& track) {
      EXPECT_TRUE(test::exists(track.path)) << track.path << " after a kill at call " << at;
    });
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(victim.store, "call " + std::to_string(at)));
    ASSERT_EQ(test::tree(victim.root, false), before) << at;
    if (calls < at) break;
    ++kills;
  }
  EXPECT_GT(kills, 20);
}

TEST(OrganizeKilled, WhileRenaming) {
  kill_everywhere([](Everything&) {}, [](Everything& victim) { victim.organize(); });
}

TEST(OrganizeKilled, WhileTakingBack) {
  kill_everywhere([](Everything& victim) { victim.organize(); }, [](Everything& victim) { victim.undo(); });
}

}  // namespace
}  // namespace echofold::order_organize_test
