// Tags in real files of every format: the program reads them back, they have Picard's names, the audio is the same,
// everything else is still there, and undo restores every byte.
#include "engine/tag/write_tags.h"

#include <gtest/gtest.h>

#include "engine/tag/payload.h"
#include "index/base/error.h"
#include "tests/engine/tag/tag_support.h"
#include "tests/support/message_of.h"

namespace echofold::tag_write_tags_test {
namespace {

using test::Library;

const std::string recording = "b1a9c0e9-d987-4042-ae91-78d6a3267d69";
const std::string release = "f2a9c0e9-0000-4042-ae91-78d6a3267d69";

TagChange full_change() {
  TagChange change;
  change.artist = "Sigur Rós";
  change.title = "Свефн-г-энглар ☃";
  change.album = "Ágætis byrjun";
  change.album_artist = "Various Ärtists";
  change.track = "3/12";
  change.disc = "1/2";
  change.date = "1999-06-12";
  change.musicbrainz_recording_id = recording;
  change.musicbrainz_release_id = release;
  change.musicbrainz_release_group_id = "a-release-group";
  change.musicbrainz_artist_id = "an-artist";
  change.musicbrainz_album_artist_id = "an-album-artist";
  change.musicbrainz_release_track_id = "a-release-track";
  change.acoustid_id = "an-acoustid";
  change.acoustid_fingerprint = "AQAAAA";
  return change;
}

bool contains(const std::string& bytes, const std::string& text) {
  return bytes.find(text) != std::string::npos;
}

std::string utf16(const std::string& text) {
  std::string wide;
  for (const char c : text) wide += std::string(1, c) + '\0';
  return wide;
}

class WriteTagsTest : public testing::TestWithParam<test::MusicFile> {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    if (!test::can_make(GetParam())) GTEST_SKIP() << "mpcenc is not installed (musepack-tools)";
    make_music(library, GetParam());
    library.add_root();
    test::age(library.root);
    track = scan_music(library, GetParam().name);
    before = test::tree(library.root);
  }

  Rewritten write(const TagChange& change, const TagSettings& settings = {}) {
    ActiveRun run(library.store, "tag");
    Rewriter rewriter(run);
    Rewritten done = write_tags(rewriter, track, change, read_track, settings);
    summary = close_rewrites(run, false);
    return done;
  }

  Library library;
  TrackRecord track;
  std::map<std::string, std::string> before;
  RewriteSummary summary;
};

TEST_P(WriteTagsTest, EveryFieldIsReadBackAndUndone) {
  const AudioTrack audio = test::read_track_of(track.path);
  const Rewritten done = write(full_change());
  ASSERT_TRUE(done.done()) << test::message_of(done.failure);

  const AudioTrack now = test::read_track_of(track.path);
  EXPECT_EQ(now.tags.artist, "Sigur Rós");
  EXPECT_EQ(now.tags.title, "Свефн-г-энглар ☃");
  EXPECT_EQ(now.tags.album, "Ágætis byrjun");
  EXPECT_EQ(now.tags.album_artist, "Various Ärtists");
  EXPECT_EQ(now.tags.track.substr(0, 1), "3");
  EXPECT_EQ(now.tags.disc.substr(0, 1), "1");
  EXPECT_EQ(now.tags.date.substr(0, 4), "1999");
  EXPECT_EQ(now.tags.musicbrainz_recording_id, recording);
  EXPECT_EQ(now.tags.acoustid_id, "an-acoustid");
  EXPECT_EQ(now.items, audio.items) << "it sounds as before";
  EXPECT_EQ(now.properties.duration_s, audio.properties.duration_s);

  const TrackRecord record = library.record(track.id);
  EXPECT_EQ(record.tags, now.tags) << "the store has what a scan would read";
  EXPECT_EQ(record.stamp, test::stamp(track.path));
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root), before) << "bytes, times and modes";
  EXPECT_EQ(library.record(track.id).tags, track.tags);
}

TEST_P(WriteTagsTest, NamesAreThoseOfPicard) {
  ASSERT_TRUE(write(full_change()).done());
  const std::string bytes = test::read_file(track.path);
  switch (*tag_format_of(track.properties)) {
    case TagFormat::mpeg:
      EXPECT_TRUE(contains(bytes, "UFID")) << "the recording";
      EXPECT_TRUE(contains(bytes, "http://musicbrainz.org"));
      for (const char* name : {"MusicBrainz Album Id", "MusicBrainz Release Group Id",
                               "MusicBrainz Artist Id", "MusicBrainz Album Artist Id",
                               "MusicBrainz Release Track Id", "Acoustid Id", "Acoustid Fingerprint"})
        EXPECT_TRUE(contains(bytes, name) || contains(bytes, utf16(name))) << name;
      break;
    case TagFormat::mp4:
      for (const char* name :
           {"MusicBrainz Track Id", "MusicBrainz Album Id", "Acoustid Id", "Acoustid Fingerprint"})
        EXPECT_TRUE(contains(bytes, name)) << name;
      break;
    case TagFormat::asf:
      for (const char* name :
           {"MusicBrainz/Track Id", "MusicBrainz/Album Id", "Acoustid/Id", "Acoustid/Fingerprint"})
        EXPECT_TRUE(contains(bytes, utf16(name))) << name;
      break;
    default:
      for (const char* name : {"MUSICBRAINZ_TRACKID", "MUSICBRAINZ_ALBUMID", "MUSICBRAINZ_RELEASEGROUPID",
                               "MUSICBRAINZ_RELEASETRACKID", "ACOUSTID_ID", "ACOUSTID_FINGERPRINT"})
        EXPECT_TRUE(contains(bytes, name)) << name;
  }
  if (contains(bytes, "OggS")) {
    EXPECT_TRUE(contains(bytes, "TRACKTOTAL=12"));
  }
}

TEST_P(WriteTagsTest, WhatIsNotInTheChangeStays) {
  TagChange change;
  change.acoustid_id = "only-this";
  const Rewritten done = write(change);
  ASSERT_TRUE(done.done()) << test::message_of(done.failure);
  Tags wanted = track.tags;
  wanted.acoustid_id = "only-this";
  EXPECT_EQ(test::read_track_of(track.path).tags, wanted);
  if (std::string(GetParam().name) != "none.mp3") {
    EXPECT_TRUE(contains(test::read_file(track.path), "Ambient") ||
                contains(test::read_file(track.path), utf16("Ambient")));
  }
}

TEST_P(WriteTagsTest, AgainIsNothingToDo) {
  TagChange change = full_change();
  change.date = "1999";
  ASSERT_TRUE(write(change, {.keep_mtime = true}).done());
  EXPECT_EQ(test::stamp(track.path).mtime_ns, track.stamp.mtime_ns);
  track = library.record(track.id);
  const Rewritten again = write(change);
  EXPECT_NE(test::message_of(again.failure).find("already has these tags"), std::string::npos)
      << test::message_of(again.failure);
  EXPECT_TRUE(summary.run.empty()) << "no run for nothing";
}

TEST_P(WriteTagsTest, AnEmptyTextTakesATagAway) {
  TagChange change = full_change();
  ASSERT_TRUE(write(change).done());
  track = library.record(track.id);
  TagChange away;
  away.album = "";
  away.musicbrainz_recording_id = "";
  away.acoustid_id = "";
  const Rewritten gone = write(away);
  ASSERT_TRUE(gone.done()) << test::message_of(gone.failure);
  const Tags tags = test::read_track_of(track.path).tags;
  EXPECT_EQ(tags.album, "");
  EXPECT_EQ(tags.musicbrainz_recording_id, "");
  EXPECT_EQ(tags.acoustid_id, "");
  EXPECT_EQ(tags.artist, "Sigur Rós");
  EXPECT_EQ(library.record(track.id).tags, tags);
}

std::string name_of_file(const testing::TestParamInfo<test::MusicFile>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Formats, WriteTagsTest, testing::ValuesIn(test::music_files), name_of_file);

}  // namespace
}  // namespace echofold::tag_write_tags_test
