// What would be lost with a loser.
#include "engine/dedupe/contents.h"

#include <gtest/gtest.h>

#include "tests/engine/dedupe/crafted_tracks.h"

namespace echofold::dedupe_contents_test {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

TrackRecord holding(const FileContents& contents) {
  TrackRecord track = flac("/m/a.mkv");
  track.properties.container = "matroska,webm";
  track.contents = contents;
  track.contents.known = true;
  return track;
}

TrackRecord plain() { return holding({}); }

TEST(Contents, EachKindIsNamed) {
  EXPECT_EQ(lost_with(plain(), plain()), Lines{});
  EXPECT_EQ(lost_with(holding({.video_streams = 1}), plain()), Lines{"has a video that the other lacks"});
  EXPECT_EQ(lost_with(holding({.video_streams = 2}), plain()), Lines{"has 2 videos that the other lacks"});
  EXPECT_EQ(lost_with(holding({.audio_streams = 3}), plain()), Lines{"has 3 more audio streams"});
  EXPECT_EQ(lost_with(holding({.audio_streams = 1}), plain()), Lines{"has 1 more audio stream"});
  EXPECT_EQ(lost_with(holding({.other_streams = 1}), plain()),
            Lines{"has a subtitle or data stream that the other lacks"});
  EXPECT_EQ(lost_with(holding({.chapters = 12}), plain()),
            Lines{"has 12 chapter marks that the other lacks"});
  EXPECT_EQ(lost_with(holding({.lyrics = true}), plain()), Lines{"has lyrics that the other lacks"});
  EXPECT_EQ(lost_with(holding({.cue_sheet = true}), plain()), Lines{"has a cue sheet that the other lacks"});
  EXPECT_EQ(lost_with(plain(), holding({.video_streams = 1, .lyrics = true})), Lines{})
      << "the keeper has more";
  EXPECT_EQ(lost_with(holding({.video_streams = 1, .lyrics = true}), plain()).size(), 2u);
}

TEST(Contents, SurroundChannelsWithSoundAreNamed) {
  const TrackRecord surround = with_channels(plain(), 6, 6, 6), stereo = with_channels(plain(), 2, 2, 2);
  EXPECT_EQ(lost_with(surround, stereo), Lines{"has sound in 6 channels, the other in 2"});
  EXPECT_EQ(lost_with(stereo, surround), Lines{});
  EXPECT_EQ(lost_with(with_channels(plain(), 6, 2, 2), stereo), Lines{}) << "silent ones are no loss";
  EXPECT_EQ(lost_with(surround, plain()), Lines{}) << "of the other nobody knows";
}

TEST(Contents, StreamsOfOneHashAreTheSame) {
  const FileContents video{.video_streams = 1, .streams = {1, 2}};
  FileContents other = video, unread = video;
  other.streams = {3, 4};
  unread.streams = {};
  EXPECT_EQ(lost_with(holding(video), holding(video)), Lines{});
  EXPECT_EQ(lost_with(holding(video), holding(other)), Lines{"its video differs from the other's"});
  EXPECT_EQ(lost_with(holding(video), holding(unread)), Lines{"its video could not be compared"});
  EXPECT_EQ(lost_with(holding(unread), holding(unread)), Lines{"its video could not be compared"});
  EXPECT_TRUE(same_further_streams(holding(video), holding(video)));
  EXPECT_FALSE(same_further_streams(holding(video), holding(other)));
  EXPECT_FALSE(same_further_streams(holding(video), plain()));
  EXPECT_FALSE(same_further_streams(holding(unread), holding(unread)));
  EXPECT_TRUE(same_further_streams(plain(), holding({.lyrics = true}))) << "a tag";
}

TEST(Contents, FilesOfOlderVersionsMayHoldMore) {
  for (const char* container : {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "asf", "ogg", "avi", "mpegts"}) {
    TrackRecord unread = flac("/m/a");
    unread.contents.known = false;
    unread.properties.container = container;
    EXPECT_EQ(lost_with(unread, plain()).size(), 1u) << container;
    EXPECT_EQ(lost_with(plain(), unread), Lines{}) << container;
    EXPECT_FALSE(same_further_streams(unread, unread)) << container;
  }
  for (const char* container : {"flac", "mp3", "wav", "aiff", "wv", "ape", ""}) {
    TrackRecord unread = flac("/m/a");
    unread.contents.known = false;
    unread.properties.container = container;
    EXPECT_EQ(lost_with(unread, plain()), Lines{}) << container;
    EXPECT_TRUE(same_further_streams(unread, unread)) << container;
  }
}

TEST(Contents, HoldingsAreOrdered) {
  const FileContents none, cue{.cue_sheet = true}, lyrics{.lyrics = true}, chapters{.chapters = 3},
      subtitles{.other_streams = 1}, stems{.audio_streams = 4}, video{.video_streams = 1},
      most{.video_streams = 65535, .audio_streams = 65535, .other_streams = 65535};
  const FileContents* ascending[] = {&none, &cue, &lyrics, &chapters, &subtitles, &stems, &video, &most};
  for (std::size_t i = 1; i < std::size(ascending); ++i)
    EXPECT_LT(holdings(*ascending[i - 1]), holdings(*ascending[i])) << i;
}

}  // namespace
}  // namespace echofold::dedupe_contents_test
