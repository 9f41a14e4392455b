// What files made by real programs hold besides their sound.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "clips.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_contents_test {
namespace {

using test::make_clip;
using test::read_file;
using test::TempDir;
using test::write_bytes;

class ContentsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    make_clip(dir / "song.flac", "-t 4 -sample_fmt s16");
    make_clip(dir / "other.flac", "-t 4 -af volume=-6dB -sample_fmt s16");
  }

  std::string in(const std::string& file) const { return " -i " + test::quoted(dir / file) + " "; }

  /// Runs ffmpeg with these inputs and options.
  void make(const std::string& file, const std::string& inputs, const std::string& options) const {
    const std::string command =
        "ffmpeg -nostdin -v error -y " + inputs + " " + options + " " + test::quoted(dir / file);
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  /// The contents, which must be the same with and without decoding.
  FileContents contents_of(const std::string& file) const {
    const FileContents contents = test::read_track_of(dir / file).contents;
    const int fd = open((dir / file).c_str(), O_RDONLY | O_CLOEXEC);
    const AudioTrack by_payload = read_track(fd, (dir / file).extension().string().substr(1), {{}, true});
    close(fd);
    EXPECT_EQ(by_payload.contents, contents) << file;
    EXPECT_TRUE(contents.known) << file;
    return contents;
  }

  static std::string video(const std::string& source, double seconds = 4) {
    return " -f lavfi -t " + std::to_string(seconds) + " -i " + source + "=s=64x48:r=10 ";
  }

  TempDir dir;
};

FileContents nothing() {
  FileContents contents;
  contents.known = true;
  return contents;
}

std::string id3v2_frame(const std::string& id, const std::string& body) {
  const auto size = static_cast<unsigned char>(body.size());
  return id + std::string{'\0', '\0', '\0', static_cast<char>(size), '\0', '\0'} + body;
}

std::string id3v2_tag(const std::string& frames) {
  return std::string("ID3\3\0\0\0\0", 8) + static_cast<char>(frames.size() >> 7) +
         static_cast<char>(frames.size() & 0x7F) + frames;
}

TEST_F(ContentsTest, APlainFileHoldsNothingElse) {
  for (const auto& [file, options] :
       {std::pair{"a.mp3", "-b:a 128k"}, std::pair{"a.flac", ""}, std::pair{"a.m4a", "-c:a aac"},
        std::pair{"a.ogg", "-c:a libvorbis"}, std::pair{"a.wma", "-c:a wmav2"},
        std::pair{"a.mka", "-c:a flac"}, std::pair{"a.wav", ""}}) {
    make(file, in("song.flac"), std::string("-metadata title=x -metadata lyricist=y ") + options);
    EXPECT_EQ(contents_of(file), nothing()) << file;
  }
}

TEST_F(ContentsTest, MovingPicturesInEveryContainer) {
  for (const auto& [file, options] :
       {std::pair{"a.mp4", "-c:v mpeg4 -c:a aac"}, std::pair{"a.mkv", "-c:v mpeg4 -c:a flac"},
        std::pair{"a.mov", "-c:v mjpeg -c:a alac"}, std::pair{"a.wmv", "-c:v wmv2 -c:a wmav2"},
        std::pair{"a.ogv", "-c:v libtheora -c:a libvorbis"},
        std::pair{"a.webm", "-c:v libvpx -c:a libopus"}}) {
    SCOPED_TRACE(file);
    make(file, in("song.flac") + video("testsrc"), std::string("-shortest ") + options);
    const FileContents contents = contents_of(file);
    EXPECT_EQ(contents.video_streams, 1);
    EXPECT_EQ(contents.audio_streams, 0);
    EXPECT_EQ(contents.other_streams, 0);
    EXPECT_TRUE(contents.streams.known());
  }
}

TEST_F(ContentsTest, OneSoundTrackWithOtherPicturesIsToldFromACopy) {
  for (const std::string ending : {"mp4", "mkv"}) {
    make("a." + ending, in("song.flac") + video("testsrc"), "-c:v mpeg4 -c:a aac -shortest");
    make("b." + ending, in("a." + ending) + video("smptebars"), "-map 0:a -map 1:v -c:a copy -c:v mpeg4");
    make("c." + ending, in("a." + ending), "-map 0 -c copy -metadata title=Other");
    const AudioTrack a = test::read_track_of(dir / ("a." + ending)),
                     b = test::read_track_of(dir / ("b." + ending)),
                     c = test::read_track_of(dir / ("c." + ending));
    ASSERT_TRUE(a.hashes.payload.known());
    EXPECT_EQ(a.hashes.payload, b.hashes.payload) << ending;
    EXPECT_NE(a.contents.streams, b.contents.streams) << ending;
    EXPECT_EQ(a.hashes.payload, c.hashes.payload) << ending;
    EXPECT_EQ(a.contents, c.contents) << ending;
  }
}

TEST_F(ContentsTest, CoversAreNoPicturesThatMove) {
  make("cover.png", video("testsrc", 0.1), "-frames:v 1");
  make("cover.jpg", video("testsrc", 0.1), "-frames:v 1");
  for (const auto& [file, options] :
       {std::pair{"a.mp3", "-c:v copy -b:a 128k"},
        std::pair{"a.flac", "-c:v copy -disposition:v attached_pic"},
        std::pair{"a.m4a", "-c:v copy -c:a aac -disposition:v attached_pic"},
        // Not marked as a cover.
        std::pair{"a.mkv", "-c:v mjpeg -c:a flac"}, std::pair{"a.mov", "-c:v png -c:a alac"},
        std::pair{"a.mp4", "-c:v mpeg4 -c:a aac"}}) {
    make(file, in("song.flac") + in("cover.png"), std::string("-map 0:a -map 1:v ") + options);
    EXPECT_EQ(contents_of(file), nothing()) << file;
  }
  make("attached.mka", in("song.flac"),
       "-c:a flac -attach " + test::quoted(dir / "cover.jpg") + " -metadata:s:t mimetype=image/jpeg");
  EXPECT_EQ(contents_of("attached.mka"), nothing());
}

TEST_F(ContentsTest, FurtherAudioSubtitlesAndAttachments) {
  make("two.mka", in("song.flac") + in("other.flac"), "-map 0 -map 1 -c:a copy");
  make("one.mka", in("song.flac"), "-c:a copy");
  EXPECT_EQ(contents_of("two.mka").audio_streams, 1);
  EXPECT_TRUE(contents_of("two.mka").streams.known());
  const std::string song = in("song.flac");
  make("stems.m4a", song + song + in("other.flac") + in("other.flac"),
       "-map 0 -map 1 -map 2 -map 3 -c:a aac");
  EXPECT_EQ(contents_of("stems.m4a").audio_streams, 3);

  write_bytes(dir / "a.srt",
              "1\n00:00:01,000 --> 00:00:02,000\nFirst line\n\n2\n00:00:02,500 --> 00:00:03,000\nx\n");
  write_bytes(dir / "b.srt",
              "1\n00:00:01,500 --> 00:00:02,000\nFirst line\n\n2\n00:00:02,500 --> 00:00:03,000\nx\n");
  make("a.mkv", song + in("a.srt"), "-c:a flac -c:s srt");
  make("b.mkv", song + in("b.srt"), "-c:a flac -c:s srt");
  make("a.mp4", song + in("a.srt"), "-c:a aac -c:s mov_text");
  for (const char* file : {"a.mkv", "b.mkv", "a.mp4"}) EXPECT_EQ(contents_of(file).other_streams, 1) << file;
  EXPECT_NE(contents_of("a.mkv").streams, contents_of("b.mkv").streams) << "the same words at another time";

  write_bytes(dir / "booklet.pdf", "%PDF-1.4 words");
  make("booklet.mka", song,
       "-c:a flac -attach " + test::quoted(dir / "booklet.pdf") + " -metadata:s:t mimetype=application/pdf");
  EXPECT_EQ(contents_of("booklet.mka").other_streams, 1);
}

TEST_F(ContentsTest, Chapters) {
  write_bytes(dir / "chapters.txt",
              ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One\n"
              "[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=4000\ntitle=Two\n");
  FileContents two = nothing();
  two.chapters = 2;
  for (const auto& [file, options] :
       {std::pair{"a.mp3", "-b:a 128k"}, std::pair{"a.m4a", "-c:a aac"}, std::pair{"a.mka", "-c:a flac"},
        std::pair{"a.ogg",
                  "-c:a libvorbis -metadata CHAPTER000=00:00:00.000 -metadata CHAPTER000NAME=One "
                  "-metadata CHAPTER001=00:00:01.500 -metadata CHAPTER001NAME=Two"},
        std::pair{"a.opus", "-c:a libopus"}}) {
    make(file, in("song.flac") + in("chapters.txt"),
         std::string("-map 0:a -map_metadata 1 -map_chapters 1 ") + options);
    EXPECT_EQ(contents_of(file), two) << file;
  }
}

TEST_F(ContentsTest, LyricsUnderEveryName) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.flac", "-metadata LYRICS=words"},
      {"b.flac", "-metadata UNSYNCEDLYRICS=words"},
      {"c.flac", "-metadata SYNCEDLYRICS='[00:01.00] words'"},
      {"a.opus", "-c:a libopus -metadata lyrics=words"},
      {"a.m4a", "-c:a aac -metadata lyrics=words"},
      {"a.wma", "-c:a wmav2 -metadata WM/Lyrics=words"},
      {"a.mka", "-c:a flac -metadata LYRICS=words"},
      {"a.wv", "-metadata Lyrics=words"},
      {"a.mp3", "-b:a 128k -metadata LYRICS=words"},
  };
  FileContents lyrics = nothing();
  lyrics.lyrics = true;
  for (const auto& [file, options] : files) {
    make(file, in("song.flac"), options);
    EXPECT_EQ(contents_of(file), lyrics) << file;
  }
  make("empty.flac", in("song.flac"), "-metadata LYRICS=' '");
  EXPECT_EQ(contents_of("empty.flac"), nothing());
}

TEST_F(ContentsTest, LyricsInId3Frames) {
  make("a.mp3", in("song.flac"), "-b:a 128k -id3v2_version 0 -write_id3v1 0");
  make("a.wav", in("song.flac"), "");
  const std::string audio = read_file(dir / "a.mp3"), nul(1, '\0');
  const std::string plain = id3v2_frame("USLT", nul + "eng" + "verse" + nul + "words"),
                    timed = id3v2_frame("SYLT", nul + "eng\2\1" + nul + "words" + std::string(5, '\0')),
                    title = id3v2_frame("TEXT", nul + "A Lyricist");
  write_bytes(dir / "uslt.mp3", id3v2_tag(plain) + audio);
  write_bytes(dir / "sylt.mp3", id3v2_tag(timed) + audio);
  write_bytes(dir / "text.mp3", id3v2_tag(title) + audio);
  write_bytes(dir / "lyrics3.mp3", audio + "LYRICSBEGININD0000210LYR00005words000037LYRICS200");
  write_bytes(dir / "lyrics3v1.mp3", audio + "LYRICSBEGINwordsLYRICSEND" + "TAG" + std::string(125, 'x'));
  for (const char* file : {"uslt.mp3", "sylt.mp3", "lyrics3.mp3", "lyrics3v1.mp3"})
    EXPECT_TRUE(contents_of(file).lyrics) << file;
  EXPECT_EQ(contents_of("text.mp3"), nothing());
}

TEST_F(ContentsTest, CueSheets) {
  FileContents cue = nothing();
  cue.cue_sheet = true;
  const std::string sheet = "'FILE a.flac WAVE'";
  for (const auto& [file, options] :
       {std::pair{"a.flac", ""}, std::pair{"a.wv", ""}, std::pair{"a.mka", "-c:a flac"},
        std::pair{"a.mp3", "-b:a 128k"}, std::pair{"a.m4a", "-c:a aac -movflags use_metadata_tags"}}) {
    make(file, in("song.flac"), std::string(options) + " -metadata CUESHEET=" + sheet);
    EXPECT_EQ(contents_of(file), cue) << file;
  }
  // A block of type 5 after STREAMINFO: two tracks and the lead-out.
  const std::string flac = read_file(dir / "song.flac");
  std::string block(128 + 8 + 1 + 258, '\0');
  block += '\3';
  for (const char number : {'\1', '\2', '\xAA'}) {
    std::string track(36, '\0');
    track[5] = static_cast<char>(number == '\2' ? 1 : 0);
    track[8] = number;
    if (number != '\xAA') track[35] = 1, track += std::string(8, '\0') + '\1' + std::string(3, '\0');
    block += track;
  }
  const std::size_t stream_info = 4 + 4 + 34;
  const std::string header{'\5', '\0', static_cast<char>(block.size() >> 8),
                           static_cast<char>(block.size() & 0xFF)};
  write_bytes(dir / "block.flac", flac.substr(0, stream_info) + header + block + flac.substr(stream_info));
  write_bytes(dir / "behind_id3.flac",
              id3v2_tag(id3v2_frame("TIT2", std::string(1, '\0') + "x")) + read_file(dir / "block.flac"));
  EXPECT_EQ(contents_of("block.flac"), cue);
  EXPECT_EQ(contents_of("behind_id3.flac"), cue);
}

TEST_F(ContentsTest, WhatIsReadInPartHasNoHash) {
  make("a.mkv", in("song.flac") + video("testsrc"), "-c:v mpeg4 -c:a flac");
  const FileContents contents = test::read_track_of(dir / "a.mkv", std::chrono::seconds(2)).contents;
  EXPECT_EQ(contents.video_streams, 1);
  EXPECT_FALSE(contents.streams.known());
}

}  // namespace
}  // namespace echofold::audio_contents_test
