// All tags of a file are merged, in order of precedence.
#include <gtest/gtest.h>

#include <string>

#include "clips.h"
#include "tags_around.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_tag_union_test {
namespace {

using test::ape_tag;
using test::id3v1;
using test::id3v2;
using test::id3v2_text;

class TagUnion : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  }
  /// 2 s with only the tags given in `options`.
  std::string made(const std::string& name, const std::string& options) const {
    test::make_clip(
        dir_ / name,
        "-t 2 -metadata title= -metadata artist= -metadata LICENSE= -metadata encoder= " + options);
    return test::read_file(dir_ / name);
  }
  Tags read(const std::string& name, const std::string& bytes) const {
    test::write_bytes(dir_ / name, bytes);
    return test::read_track_of(dir_ / name).tags;
  }
  test::TempDir dir_;
};

const std::string v1 = id3v1("Old title", "Old artist", "Old album", 5, "1999");

TEST_F(TagUnion, OfAnMp3) {
  const std::string sound = made("a.mp3", "-id3v2_version 0 -write_id3v1 0");
  const std::string one = id3v2(id3v2_text("TIT2", "New title"));
  Tags tags = read("b.mp3", one + sound + v1);
  EXPECT_EQ(tags.title, "New title");
  EXPECT_EQ(tags.artist, "Old artist");
  EXPECT_EQ(tags.album, "Old album");
  EXPECT_EQ(tags.track, "5");
  EXPECT_EQ(tags.date, "1999");
  tags = read(
      "b.mp3",
      one + sound +
          ape_tag(
              {{"Title", "APE title"}, {"Artist", "APE artist"}, {"Track", "7/9"}, {"Album Artist", "All"}}) +
          v1);
  EXPECT_EQ(tags.title, "New title");
  EXPECT_EQ(tags.artist, "APE artist");
  EXPECT_EQ(tags.track, "7/9");
  EXPECT_EQ(tags.album, "Old album");
  EXPECT_EQ(tags.album_artist, "All");
  EXPECT_EQ(read("b.mp3", id3v2(id3v2_text("TIT2", " ")) + sound + v1).title, "Old title")
      << "blanks say nothing";
  EXPECT_FALSE(tags.has_art);
  EXPECT_TRUE(
      read("b.mp3", sound + ape_tag({{"Cover Art (Front)", std::string("c.jpg\0\xFF\xD8", 8)}})).has_art);
}

TEST_F(TagUnion, OfTwoId3v2TagsInARow) {
  const std::string sound = made("a.mp3", "-id3v2_version 0 -write_id3v1 0");
  const Tags tags =
      read("b.mp3", id3v2(id3v2_text("TIT2", "First")) +
                        id3v2(id3v2_text("TIT2", "Second") + id3v2_text("TPE1", "Artist")) + sound);
  EXPECT_EQ(tags.title, "First");
  EXPECT_EQ(tags.artist, "Artist");
}

TEST_F(TagUnion, OfAFlac) {
  const std::string sound = made("a.flac", "-metadata title=Comment");
  const std::string id3 =
      id3v2(id3v2_text("TIT2", "ID3 title") + id3v2_text("TPE1", "ID3 artist") +
            test::id3v2_frame("APIC", std::string("\0image/jpeg\0\x03\0\xFF\xD8\xFF\xE0", 18)));
  const Tags tags = read("b.flac", id3 + sound + v1);
  EXPECT_EQ(tags.title, "Comment");
  EXPECT_EQ(tags.artist, "ID3 artist");
  EXPECT_EQ(tags.album, "Old album");
  EXPECT_TRUE(tags.has_art);
}

TEST_F(TagUnion, OfAWav) {
  std::string sound = made("a.wav", "-metadata title=Info -metadata artist=Info");
  const std::string id3 = id3v2(id3v2_text("TPE1", "ID3 artist") + id3v2_text("TALB", "ID3 album") + "\0");
  sound +=
      "id3 " + test::little_endian(id3.size(), 4) + id3 + (id3.size() % 2 == 1 ? std::string(1, '\0') : "");
  sound.replace(4, 4, test::little_endian(sound.size() - 8, 4));
  const Tags tags = read("b.wav", sound);
  EXPECT_EQ(tags.title, "Info");
  EXPECT_EQ(tags.artist, "ID3 artist");
  EXPECT_EQ(tags.album, "ID3 album");
}

/// Also around containers that such tags do not belong to.
TEST_F(TagUnion, OfTagsAroundAnyContainer) {
  for (const auto& [name, options] :
       std::vector<std::pair<std::string, std::string>>{{"a.ogg", "-c:a libvorbis"},
                                                        {"a.opus", "-c:a libopus"},
                                                        {"a.m4a", "-c:a aac"},
                                                        {"a.aac", "-c:a aac"},
                                                        {"a.wv", "-c:a wavpack"},
                                                        {"a.tta", "-sample_fmt s16"},
                                                        {"a.wav", ""},
                                                        {"a.aiff", ""}}) {
    SCOPED_TRACE(name);
    const std::string sound = made(name, options);
    const Tags tags =
        read(name, id3v2(id3v2_text("TPE1", "Artist")) + sound + ape_tag({{"Album", "Album"}}) + v1);
    EXPECT_EQ(tags.artist, "Artist");
    EXPECT_EQ(tags.album, "Album");
    EXPECT_EQ(tags.title, "Old title");
  }
}

}  // namespace
}  // namespace echofold::audio_tag_union_test
