// Plans of a real store: which copy stays, which goes, and why.
#include "engine/dedupe/plan.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_plan_test {
namespace {

using namespace test;

Plan plan_of(SmallLibrary& library, const PlanSettings& settings = {}) {
  library.update();
  return make_plan(library.store().snapshot(), library.store().library_id(), settings);
}

/// "keeper(why) <- drop:action(why) ..." of each group.
std::vector<std::string> text_of(const Plan& plan) {
  std::vector<std::string> out;
  for (const PlanGroup& group : plan.groups) {
    std::string text = group.keep.track.path + "(" + group.why + ")";
    for (const PlanDrop& drop : group.drops)
      text += " " + drop.file.track.path + ":" + std::string(name_of(drop.action)) + "(" + drop.why + ")";
    out.push_back(text);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Plan, TheLosslessCopyStays) {
  SmallLibrary library;
  library.add(mp3("/m/a.mp3", 320), copy_of(1));
  library.add(lossless("/m/b.flac"), music(1));
  library.add(mp3("/m/c.mp3", 128), music(1));
  library.add("/m/other.mp3", music(2));
  const Plan plan = plan_of(library);
  EXPECT_EQ(text_of(plan), Lines{"/m/b.flac(lossless) /m/a.mp3:move(lossy) /m/c.mp3:move(lossy)"});
  EXPECT_EQ(plan.library_id, library.store().library_id());
  EXPECT_EQ(plan.groups[0].number, 1u);
  EXPECT_EQ(plan.groups[0].drops[0].rank, 2u);  // 320 before 128
  EXPECT_EQ(plan.groups[0].drops[1].rank, 3u);
  EXPECT_EQ(plan.groups[0].drops[1].similarity, 1.0);
  EXPECT_EQ(plan.groups[0].drops[0].file.track.stamp.size_bytes, 1000u);
}

TEST(Plan, OffsetsAreInTheKeepersTime) {
  SmallLibrary library;
  std::vector<Item> cut = music(1);
  cut.erase(cut.begin(), cut.begin() + 12);
  library.add(mp3("/m/a.mp3"), cut);
  library.add(lossless("/m/b.flac"), music(1));
  const Plan plan = plan_of(library);
  ASSERT_EQ(plan.groups.size(), 1u);
  EXPECT_EQ(plan.groups[0].keep.track.path, "/m/b.flac");
  EXPECT_NEAR(plan.groups[0].drops[0].offset_s, items_to_seconds(12), 0.07);
}

/// Without its first and its last items.
std::vector<Item> cut_at_the_ends(std::vector<Item> items, std::ptrdiff_t head, std::ptrdiff_t tail) {
  return {items.begin() + head, items.end() - tail};
}

TEST(Plan, WhatOnlyTheLoserHasIsNotMovedWithoutAsking) {
  const auto moved = [](std::vector<Item> of_flac, std::vector<Item> of_mp3) {
    SmallLibrary library;
    library.add(lossless("/m/a.flac"), of_flac);
    library.add(mp3("/m/b.mp3"), of_mp3);
    return text_of(plan_of(library));
  };
  const Lines moves{"/m/a.flac(lossless) /m/b.mp3:move(lossy)"};
  const Lines asks{"/m/a.flac(lossless) /m/b.mp3:review(lossy; to review: the better copy is shorter)"};
  const auto asks_of_the_short = [](const char* seconds) {
    return Lines{"/m/b.mp3(whole and undamaged) /m/a.flac:review(cut short: another copy has " +
                 std::string(seconds) + " s more; to review: apart from that it is the better copy)"};
  };
  const std::vector<Item> whole = music(1);
  const Lines fuller{"/m/a.flac(whole and undamaged) /m/b.mp3:move(cut short: another copy has 5.0 s more)"};
  for (const auto& [head, tail] : {std::pair{40, 0}, {0, 40}}) {  // 5 s
    EXPECT_EQ(moved(whole, cut_at_the_ends(whole, head, tail)), fuller) << head << " " << tail;
    EXPECT_EQ(moved(cut_at_the_ends(whole, head, tail), whole), asks_of_the_short("5.0"))
        << head << " " << tail;
  }
  EXPECT_EQ(moved(cut_at_the_ends(whole, 30, 30), whole), asks_of_the_short("7.4"));
  EXPECT_EQ(moved(cut_at_the_ends(whole, 12, 0), whole), asks) << "1.5 s";
  EXPECT_EQ(moved(cut_at_the_ends(whole, 6, 0), whole), moves) << ".7 s: what encoders and rippers cut";
  EXPECT_EQ(moved(cut_at_the_ends(whole, 30, 0), cut_at_the_ends(whole, 0, 30)), asks) << "each has its own";
}

TEST(Plan, ReviewPairsAreLeftToTheUser) {
  SmallLibrary library;
  TrackRecord live = mp3("/m/a.mp3");
  live.tags.title = "Song (live)";
  TrackRecord studio = lossless("/m/b.flac");
  studio.tags.title = "Song";
  const TrackId a = library.add(live, copy_of(1));
  const TrackId b = library.add(studio, music(1));
  EXPECT_EQ(text_of(plan_of(library)),
            Lines{"/m/b.flac(lossless) /m/a.mp3:review(lossy; to review: titles differ: "
                  "\"live\" only in this one)"});
  library.decide(a, b, Verdict::keep_a);
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/a.mp3(your choice) /m/b.flac:move(you chose the other)"});
  library.decide(b, a, Verdict::keep_a);
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/b.flac(your choice) /m/a.mp3:move(you chose the other)"});
  library.decide(a, b, Verdict::keep_both);
  EXPECT_EQ(text_of(plan_of(library)), Lines{});
}

constexpr std::ptrdiff_t two_seconds = 17;  // and a little

/// A library with a FLAC that lacks the last two seconds of its MP3.
std::vector<std::string> plan_of_a_cut_flac(bool truncated) {
  SmallLibrary library;
  TrackRecord cut = lossless("/m/cut.flac");
  cut.quality.truncated = truncated;
  library.add(cut, cut_at_the_ends(music(1), 0, two_seconds));
  library.add(mp3("/m/whole.mp3"), copy_of(1));
  return text_of(plan_of(library));
}

TEST(Plan, ACopyShorterThanItsGroupLosesButNotUnasked) {
  EXPECT_EQ(plan_of_a_cut_flac(false), Lines{"/m/whole.mp3(whole and undamaged) "
                                             "/m/cut.flac:review(cut short: another copy has 2.1 s more; to "
                                             "review: apart from that it is the better copy)"});
  EXPECT_EQ(plan_of_a_cut_flac(true), Lines{"/m/whole.mp3(whole and undamaged) "
                                            "/m/cut.flac:review(truncated: another copy has 2.1 s more; to "
                                            "review: apart from that it is the better copy)"});
}

TEST(Plan, ACutCopyGoesForAWholeOne) {
  SmallLibrary library;
  library.add(lossless("/m/whole.flac"), music(1));
  library.add(lossless("/m/a.flac"), cut_at_the_ends(copy_of(1), 0, two_seconds));
  library.add(lossless("/m/b.flac"), cut_at_the_ends(copy_of(1, 2), two_seconds, 0));
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/whole.flac(whole and undamaged) "
                                             "/m/a.flac:move(cut short: another copy has 2.1 s more) "
                                             "/m/b.flac:move(cut short: another copy has 2.1 s more)"});
}

// The header promises more than any copy has: the MP3 may have been made from the truncated file.
TEST(Plan, ATruncatedFileStaysWhenNoCopyHasMore) {
  SmallLibrary library;
  TrackRecord cut = lossless("/m/cut.flac");
  cut.quality.truncated = true;
  library.add(cut, music(1));
  library.add(mp3("/m/made_of_it.mp3", 320), copy_of(1));
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/cut.flac(lossless) /m/made_of_it.mp3:move(lossy)"});
}

TEST(Plan, ATranscodeStaysBesideTheMp3MadeFromIt) {
  SmallLibrary library;
  TrackRecord fake = lossless("/m/fake.flac");
  fake.quality.spectrum_windows = 500;
  fake.quality.cutoff_hz = 16'700;
  fake.quality.edge_db = 50;
  fake.quality.floor_db = -104;
  library.add(fake, music(1));
  TrackRecord made_of_it = mp3("/m/made_of_it.mp3", 320), other = mp3("/m/other.mp3", 320);
  made_of_it.quality = fake.quality;
  other.quality = fake.quality;
  other.quality.cutoff_hz = 20'000;
  library.add(made_of_it, copy_of(1));
  library.add(other, copy_of(1, 2));
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/fake.flac(lossless format) /m/made_of_it.mp3:move(lossy) "
                                             "/m/other.mp3:review(lossy; to review: its sound reaches higher "
                                             "than that of the suspected transcode)"});
}

TEST(Plan, ClippingIsAsked) {
  SmallLibrary library;
  TrackRecord loud = lossless("/m/a.flac");
  loud.quality.clipped_runs = 900;
  library.add(loud, music(1));
  library.add(lossless("/m/quieter.flac"), copy_of(1));
  EXPECT_EQ(
      text_of(plan_of(library)),
      Lines{"/m/quieter.flac(not clipped) "
            "/m/a.flac:review(clipped: 900 times; to review: only the clipping makes it the worse copy)"});
}

TEST(Plan, ProtectedCopiesStay) {
  SmallLibrary library;
  library.add(mp3("/m/a.mp3", 320), music(1));
  library.add(lossless("/safe/b.flac"), copy_of(1));
  library.add(mp3("/safe/c.mp3", 64), copy_of(1, 2));
  PlanSettings settings;
  settings.rank.protected_folders = {"/safe"};
  EXPECT_EQ(text_of(plan_of(library, settings)),
            Lines{"/safe/b.flac(protected folder; lossless) /m/a.mp3:move(outside the protected folders) "
                  "/safe/c.mp3:none(in a protected folder)"});
}

TEST(Plan, ABetterFileStaysBesideAProtectedOne) {
  SmallLibrary library;
  const TrackId flac = library.add(lossless("/m/a.flac"), music(1));
  const TrackId safe = library.add(mp3("/safe/b.mp3", 192), copy_of(1));
  library.add(mp3("/m/worse.mp3", 64), copy_of(1, 2));
  library.add(mp3("/m/better.mp3", 320), copy_of(1, 3));
  library.add(mp3("/m/the same.mp3", 192), copy_of(1, 4));
  PlanSettings settings;
  settings.rank.protected_folders = {"/safe"};
  const std::string rest =
      " /m/better.mp3:none(better than the protected copy; both stay) "
      "/m/the same.mp3:move(outside the protected folders) /m/worse.mp3:move(outside the protected folders)";
  EXPECT_EQ(text_of(plan_of(library, settings)),
            Lines{"/safe/b.mp3(protected folder) /m/a.flac:none(better than the protected copy; both stay)" +
                  rest});
  library.decide(flac, safe, Verdict::keep_b);
  EXPECT_EQ(text_of(plan_of(library, settings)),
            Lines{"/safe/b.mp3(your choice; protected folder) /m/a.flac:move(you chose the other)" + rest});
}

/// The levels of a song in steps of half a second, and its items.
std::vector<std::uint8_t> song_levels() {
  std::vector<std::uint8_t> levels;
  for (std::size_t i = 0; i < 148; ++i) levels.push_back(static_cast<std::uint8_t>(36 + i * 7 % 23));
  return levels;
}

TEST(Plan, AHoleIsNamedAndTheWholeCopyStays) {
  SmallLibrary library;
  TrackRecord whole = mp3("/m/whole.mp3"), holed = lossless("/m/holed.flac");
  whole.quality.level_curve = holed.quality.level_curve = song_levels();
  for (std::size_t i = 40; i < 80; ++i) holed.quality.level_curve[i] += 80;
  library.add(whole, copy_of(1));
  library.add(holed, music(1));
  EXPECT_EQ(text_of(plan_of(library)),
            Lines{"/m/whole.mp3(whole and undamaged) /m/holed.flac:review(drops to -64 dB for 20 s at 0:20; "
                  "to review: apart from that it is the better copy; the other is louder there)"});
  library.add(lossless("/m/whole.flac"), copy_of(1, 2));  // no curve: it decides nothing
  EXPECT_EQ(text_of(plan_of(library)).front().substr(0, 15), "/m/whole.flac(w");
}

TEST(Plan, AHoleInTheWorseCopyIsAskedAsWell) {
  SmallLibrary library;
  TrackRecord holed = mp3("/m/holed.mp3"), whole = lossless("/m/whole.flac");
  whole.quality.level_curve = holed.quality.level_curve = song_levels();
  for (std::size_t i = 100; i < 120; ++i) holed.quality.level_curve[i] = level_silent;
  library.add(holed, copy_of(1));
  library.add(whole, music(1));
  EXPECT_EQ(
      text_of(plan_of(library)),
      Lines{"/m/whole.flac(whole and undamaged) /m/holed.mp3:review(is silent for 10 s at 0:50; to review: "
            "the other is louder there)"});
}

TEST(Plan, MutedWordsAreAskedAbout) {
  SmallLibrary library;
  TrackRecord muted = mp3("/m/muted.mp3"), whole = lossless("/m/whole.flac");
  whole.quality.level_curve = muted.quality.level_curve = song_levels();
  for (const std::size_t at : {25u, 71u, 90u}) muted.quality.level_curve[at] = level_silent;
  library.add(muted, copy_of(1));
  library.add(whole, music(1));
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/whole.flac(lossless) /m/muted.mp3:review(lossy; to review: "
                                             "it is silent for 0.5 s at 0:12 and at "
                                             "2 other places)"});
}

TEST(Plan, WhatOnlyTheLoserHoldsIsNamed) {
  SmallLibrary library;
  TrackRecord video = mp3("/m/video.mp4", 256);
  video.contents.known = true;
  video.contents.video_streams = 1;
  video.contents.streams = {1, 2};
  library.add(lossless("/m/a.flac"), music(1));
  library.add(video, copy_of(1));
  video.path = "/m/video copy (1).mp4";
  video.properties.bit_rate_bps = 128'000;
  library.add(video, copy_of(1, 2));
  const std::string asks = ":review(lossy; to review: has a video that the other lacks)";
  EXPECT_EQ(text_of(plan_of(library)),
            Lines{"/m/a.flac(lossless) /m/video copy (1).mp4" + asks + " /m/video.mp4" + asks});
}

TEST(Plan, NamesOfOneFileAreNoCopies) {
  SmallLibrary library;
  TrackRecord a = lossless("/m/a.flac"), b = lossless("/m/b.flac");
  a.stamp.inode = b.stamp.inode = 7;
  library.add(a, music(1));
  library.add(b, music(1));
  EXPECT_EQ(text_of(plan_of(library)), Lines{});
  library.add(mp3("/m/c.mp3"), copy_of(1));
  EXPECT_EQ(text_of(plan_of(library)), Lines{"/m/a.flac(lossless) /m/c.mp3:move(lossy)"});
}

TEST(Plan, OnlyPairsWithASideUnderTheGivenFolders) {
  SmallLibrary library;
  library.add(lossless("/a/x.flac"), music(2));
  library.add(mp3("/a/x.mp3"), copy_of(2));
  library.add(mp3("/b/y.mp3"), copy_of(1));
  library.add(mp3("/b/z.mp3", 64), copy_of(1, 2));
  PlanSettings settings;
  settings.under = {"/b"};
  EXPECT_EQ(text_of(plan_of(library, settings)),
            Lines{"/b/y.mp3(higher bit rate) /b/z.mp3:move(lower bit rate)"});
}

TEST(Plan, RelativesAreListedAndStay) {
  SmallLibrary library;
  library.add(lossless("/m/full.flac"), music(1));
  library.add(mp3("/m/copy.mp3"), copy_of(1));
  std::vector<Item> edit = music(1);
  edit.resize(300);  // half of it: the rest is audible
  library.add(mp3("/m/edit.mp3"), edit);
  const Plan plan = plan_of(library);
  EXPECT_EQ(text_of(plan), Lines{"/m/full.flac(lossless) /m/copy.mp3:move(lossy) "
                                 "/m/edit.mp3:none(an edit: only parts of the music match)"});
  EXPECT_EQ(plan.groups[0].drops[1].band, Band::related);
}

TEST(Plan, TheFullerAlbumStays) {
  SmallLibrary library;
  const auto tagged = [](const std::string& path) {
    TrackRecord track = mp3(path);
    track.tags.album = "Album";
    return track;
  };
  library.add(tagged("/a/x.mp3"), copy_of(1));
  library.add(tagged("/longer/folder/x.mp3"), music(1));
  library.add(tagged("/longer/folder/y.mp3"), music(2));
  EXPECT_EQ(text_of(plan_of(library)),
            Lines{"/longer/folder/x.mp3(fuller album folder) /a/x.mp3:move(emptier album folder)"});
}

TEST(Plan, ImportedTracksAreRankedByPath) {
  SmallLibrary library;
  for (const char* path : {"b", "a"}) {
    TrackRecord track;
    track.path = path;
    track.place = TrackPlace::imported;
    library.store().write([&](Writer& writer) { writer.put_track(track, copy_of(1, path[0])); });
  }
  EXPECT_EQ(text_of(plan_of(library)), Lines{"a(first by path) b:move(later by path)"});
}

TEST(Plan, ManyIdenticalFilesMakeOneGroup) {
  SmallLibrary library;
  for (int i = 0; i < 100; ++i) library.add("/m/" + std::to_string(1000 + i), music(1));
  const Plan plan = plan_of(library);
  ASSERT_EQ(plan.groups.size(), 1u);
  EXPECT_EQ(plan.groups[0].keep.track.path, "/m/1000");
  EXPECT_EQ(plan.groups[0].drops.size(), 99u);
}

TEST(Plan, EachFileOnceAndNeverAlone) {
  SmallLibrary library;
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (std::uint64_t copy = 0; copy <= seed % 3; ++copy)
      library.add("/m/" + std::to_string(copy) + "-" + std::to_string(seed), copy_of(seed, copy));
  const Plan plan = plan_of(library);
  std::set<std::string> seen;
  std::string last;
  for (const PlanGroup& group : plan.groups) {
    EXPECT_LT(last, group.keep.track.path);
    last = group.keep.track.path;
    EXPECT_TRUE(seen.insert(group.keep.track.path).second);
    EXPECT_FALSE(group.drops.empty());
    for (const PlanDrop& drop : group.drops) EXPECT_TRUE(seen.insert(drop.file.track.path).second);
  }
  EXPECT_EQ(plan.groups.size(), 4u);  // 1 and 4 with two copies, 2 and 5 with three; 3 and 6 alone
  EXPECT_EQ(seen.size(), 10u);
}

}  // namespace
}  // namespace echofold::dedupe_plan_test
