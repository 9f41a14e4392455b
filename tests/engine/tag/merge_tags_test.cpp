// A keeper takes what it lacks from the best loser that has it, in any pair of formats, and undo takes it back.
#include "engine/tag/merge_tags.h"

#include <gtest/gtest.h>

#include "engine/tag/write_tags.h"
#include "index/base/error.h"
#include "tests/engine/audio/tags_around.h"
#include "tests/engine/tag/tag_support.h"
#include "tests/support/message_of.h"

namespace echofold::tag_merge_tags_test {
namespace {

using test::Library;

struct MergeTagsTest : testing::Test {
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    library.add_root();
  }

  /// 2 s of the clip with only these tags. @param art  adds a red picture
  TrackRecord made(const std::string& name, const std::string& tags, bool art = false) {
    const std::filesystem::path path = library.path(name);
    std::string options =
        "-t 2 -metadata title= -metadata artist= -metadata LICENSE= -fflags +bitexact " + tags;
    std::string input = "-i " + test::quoted(test::clip());
    if (art) {
      input += " -i " + test::quoted(test::cover(library));
      options += " -map 0:a -map 1 -c:v png -disposition:v attached_pic";
    }
    if (path.extension() == ".opus") options += " -c:a libopus";
    if (path.extension() == ".flac") options += " -sample_fmt s16";
    test::make_clip(path, options, input);
    return scan_music(library, name);
  }

  Merged merge(const TrackRecord& keep, const std::vector<TrackRecord>& losers) {
    ActiveRun run(library.store, "set_aside");
    Rewriter rewriter(run);
    Merged merged = merge_tags(rewriter, keep, losers, read_track);
    close_rewrites(run, false);
    return merged;
  }

  Tags now(const TrackRecord& track) const { return test::read_track_of(track.path).tags; }

  Library library;
};

TEST_F(MergeTagsTest, TakesWhatIsMissingAndChangesNothingElse) {
  const TrackRecord keep = made("keep.flac", "-metadata artist=Mine");
  const TrackRecord loser =
      made("drop.mp3",
           "-metadata artist=Theirs -metadata title=Größe -metadata album=Album -metadata track=3/12 "
           "-metadata REPLAYGAIN_TRACK_GAIN='-7.1 dB' -metadata encoder=Secret",
           true);
  const std::string before = test::read_file(keep.path);
  const Merged merged = merge(keep, {loser});
  ASSERT_TRUE(merged.rewritten);
  ASSERT_TRUE(merged.rewritten->done()) << test::message_of(merged.rewritten->failure);
  const Tags tags = now(keep);
  EXPECT_EQ(tags.artist, "Mine");
  EXPECT_EQ(tags.title, "Größe");
  EXPECT_EQ(tags.album, "Album");
  EXPECT_EQ(tags.track, "3");
  EXPECT_TRUE(tags.has_art);
  EXPECT_EQ(library.record(keep.id).tags, tags);
  EXPECT_EQ(library.record(keep.id).stamp, test::stamp(keep.path));
  const std::string bytes = test::read_file(keep.path);
  EXPECT_NE(bytes.find("TRACKTOTAL=12"), std::string::npos);
  EXPECT_NE(bytes.find("REPLAYGAIN_TRACK_GAIN=-7.1 dB"), std::string::npos);
  EXPECT_EQ(bytes.find("Secret"), std::string::npos) << "nothing of the encoding";
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_TRUE(test::read_file(keep.path) == before);
  EXPECT_EQ(library.record(keep.id).tags, keep.tags);
}

TEST_F(MergeTagsTest, TheBestLoserComesFirst) {
  const TrackRecord keep = made("keep.mp3", "-metadata artist=Mine");
  const TrackRecord best = made("best.opus", "-metadata title=Best");
  const TrackRecord next =
      made("next.m4a", "-metadata title=Next -metadata album=Album -metadata track=3/12");
  ASSERT_TRUE(merge(keep, {best, next}).rewritten.value().done());
  EXPECT_EQ(now(keep).title, "Best");
  EXPECT_EQ(now(keep).album, "Album");
  EXPECT_EQ(now(keep).track, "3/12");
}

TEST_F(MergeTagsTest, WhatBelongsToAnotherReleaseStaysThere) {
  const TrackRecord keep = made("keep.m4a", "-metadata album=Hits -metadata artist=Mine");
  const TrackRecord loser = made(
      "drop.flac", "-metadata album=First -metadata track=7 -metadata date=1970 -metadata genre=Folk", true);
  ASSERT_TRUE(merge(keep, {loser}).rewritten.value().done());
  const Tags tags = now(keep);
  EXPECT_EQ(tags.album, "Hits");
  EXPECT_EQ(tags.track, "");
  EXPECT_EQ(tags.date, "");
  EXPECT_FALSE(tags.has_art);
  EXPECT_NE(test::read_file(keep.path).find("Folk"), std::string::npos);
}

TEST_F(MergeTagsTest, CaseAndNormalFormOfAnAlbumDoNotCount) {
  const TrackRecord keep = made("keep.m4a", "-metadata album='\u00cds og eldur' -metadata artist=Mine");
  const TrackRecord loser = made("drop.flac", "-metadata album='I\u0301S OG ELDUR' -metadata track=7");
  ASSERT_TRUE(merge(keep, {loser}).rewritten.value().done());
  EXPECT_EQ(now(keep).track, "7");
}

TEST_F(MergeTagsTest, ArtAndGainGoIntoEveryFormat) {
  const TrackRecord loser = made("drop.flac", "-metadata REPLAYGAIN_TRACK_GAIN='-7.1 dB'", true);
  for (const char* name : {"k.mp3", "k.m4a", "k.opus", "k.ogg", "k.wma", "k.wv"}) {
    SCOPED_TRACE(name);
    const std::string codec = std::string(name) == "k.wma"   ? "-c:a wmav2"
                              : std::string(name) == "k.ogg" ? "-c:a libvorbis"
                                                             : "";
    const TrackRecord keep = made(name, "-metadata artist=Mine " + codec);
    ASSERT_FALSE(keep.tags.has_art);
    const Merged merged = merge(keep, {loser});
    ASSERT_TRUE(merged.rewritten);
    ASSERT_TRUE(merged.rewritten->done()) << test::message_of(merged.rewritten->failure);
    EXPECT_EQ(now(keep), library.record(keep.id).tags);
    EXPECT_TRUE(library.record(keep.id).tags.has_art);
    EXPECT_EQ(library.undo().restored, 1u);
    EXPECT_EQ(now(keep), keep.tags);
  }
}

/// The keeper's ID3v2 tag has one frame, and its other tags have the rest: it lacks nothing.
TEST_F(MergeTagsTest, WhatAnyTagOfTheKeeperSaysStands) {
  const TrackRecord loser =
      made("drop.flac",
           "-metadata title=Theirs -metadata artist=Theirs -metadata album=Album -metadata genre=Folk "
           "-metadata track=9 -metadata date=2001");
  const std::string sound = test::read_file(made("plain.mp3", "-write_id3v1 0 -id3v2_version 0").path);
  const std::string one_frame = test::id3v2(test::id3v2_text("TBPM", "120"));
  const std::string v1 = test::id3v1("Mine", "Me", "Album", 5, "1999");
  const std::string ape = test::ape_tag(
      {{"Title", "Mine"}, {"Artist", "Me"}, {"Album", "Album"}, {"Track", "5"}, {"Year", "1999"}});
  for (const std::string& tail : {v1, ape, ape + v1}) {
    library.file("keep.mp3", one_frame + sound + tail);
    const TrackRecord keep = scan_music(library, "keep.mp3");
    const Merged merged = merge(keep, {loser});
    ASSERT_TRUE(merged.rewritten);
    ASSERT_TRUE(merged.rewritten->done()) << test::message_of(merged.rewritten->failure);
    EXPECT_NE(merged.note.find("GENRE"), std::string::npos) << merged.note;
    EXPECT_EQ(merged.note.find("TITLE"), std::string::npos) << merged.note;
    Tags tags = now(keep);
    EXPECT_EQ(tags.title, "Mine");
    EXPECT_EQ(tags.artist, "Me");
    EXPECT_EQ(tags.track, "5");
    EXPECT_EQ(tags.date, "1999");
    if (tail != ape) {
      EXPECT_TRUE(test::read_file(keep.path).ends_with(v1)) << "it stays as it is";
    }
    EXPECT_EQ(library.record(keep.id).tags, tags);
    EXPECT_EQ(library.undo().restored, 1U);
    std::filesystem::remove(keep.path);
  }
}

TEST_F(MergeTagsTest, WhatTheId3OfAFlacKeeperSaysStands) {
  const TrackRecord loser =
      made("drop.mp3", "-metadata title=Theirs -metadata artist=Theirs -metadata genre=Folk");
  const std::string sound = test::read_file(made("plain.flac", "").path);
  library.file("keep.flac", test::id3v2(test::id3v2_text("TIT2", "Mine")) + sound + test::id3v1("Cut", "Me"));
  const TrackRecord keep = scan_music(library, "keep.flac");
  const Merged merged = merge(keep, {loser});
  ASSERT_TRUE(merged.rewritten);
  ASSERT_TRUE(merged.rewritten->done()) << test::message_of(merged.rewritten->failure);
  EXPECT_EQ(now(keep).title, "Mine");
  EXPECT_EQ(now(keep).artist, "Me");
  EXPECT_EQ(merged.note.find("TITLE"), std::string::npos) << merged.note;
}

TEST_F(MergeTagsTest, NothingToTakeIsNoRewrite) {
  const TrackRecord keep = made("keep.flac", "-metadata artist=Mine -metadata title=T");
  const TrackRecord loser = made("drop.mp3", "-metadata artist=Theirs -metadata title=U");
  const Merged merged = merge(keep, {loser});
  EXPECT_FALSE(merged.rewritten);
  EXPECT_EQ(test::stamp(keep.path), keep.stamp);
}

TEST_F(MergeTagsTest, AKeeperThatCannotBeWrittenIsAFailure) {
  const TrackRecord keep = made("keep.flac", "-metadata artist=Mine");
  const TrackRecord loser = made("drop.mp3", "-metadata title=U");
  std::filesystem::create_hard_link(keep.path, library.path("link.flac"));
  const Merged merged = merge(keep, {loser});
  ASSERT_TRUE(merged.rewritten);
  EXPECT_NE(test::message_of(merged.rewritten->failure).find("hard links"), std::string::npos);
}

}  // namespace
}  // namespace echofold::tag_merge_tags_test
