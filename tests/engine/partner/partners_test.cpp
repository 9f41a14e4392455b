// Which files of a folder belong to which music.
#include "engine/partner/partners.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace echofold::partner_partners_test {
namespace {

struct PartnersTest : testing::Test {
  void file(const std::string& name, const std::string& bytes = "x") const {
    std::ofstream(dir / name, std::ios::binary) << bytes;
  }
  /// "song.lrc: song.mp3 song.ogg; ..."
  std::string found() {
    DiskNames disk;
    Partners partners(disk);
    std::string text;
    for (const Partner& partner : partners.in(dir.path().native())) {
      text += (text.empty() ? "" : "; ") + name_in(partner.path) + ":";
      for (const std::string& music : partner.music) text += " " + name_in(music);
    }
    return text;
  }
  static std::string name_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }
  test::TempDir dir;
};

TEST_F(PartnersTest, ByFullNameElseByStem) {
  for (const char* name : {"a.mp3", "a.flac", "a.lrc", "a.mp3.lrc", "b.lrc", "A.TXT"}) file(name);
  EXPECT_EQ(found(), "A.TXT: a.flac a.mp3; a.lrc: a.flac a.mp3; a.mp3.lrc: a.mp3");
}

TEST_F(PartnersTest, InnerEndingsAndNamesAlike) {
  for (const char* name : {"a.mp3", "a.en.srt", "a.info.json", "a b.lrc", "a.long inner part.srt", "ab.lrc"})
    file(name);
  EXPECT_EQ(found(), "a.en.srt: a.mp3; a.info.json: a.mp3");
}

TEST_F(PartnersTest, CorrectionFilesBelongToOneFormat) {
  for (const char* name : {"a.wv", "a.mp3", "a.wvc", "b.flac", "b.wvc", "c.ofr", "c.ofc"}) file(name);
  EXPECT_EQ(found(), "a.wvc: a.wv; c.ofc: c.ofr");
}

TEST_F(PartnersTest, AHybridPair) {
  file("a.wv");
  file("a.wvc", "wvpk...");
  file("b.wv");
  file("b.wvc", "");
  file("c.wv");
  std::filesystem::create_directory(dir / "c.wvc");
  DiskNames disk;
  Partners partners(disk);
  EXPECT_TRUE(partners.has_correction((dir / "a.wv").native()));
  EXPECT_FALSE(partners.has_correction((dir / "b.wv").native())) << "empty";
  EXPECT_FALSE(partners.has_correction((dir / "c.wv").native())) << "a folder";
}

TEST_F(PartnersTest, CueSheetsByTheirLines) {
  for (const char* name : {"1.flac", "2.flac", "Gr\u00f6\u00dfe.flac", "4.flac", "5.flac"}) file(name);
  file("album.cue", "FILE \"1.wav\" WAVE\nFILE \"2.flac\" WAVE\n");
  file("latin.cue",
       "FILE \"Gr\xf6\xdf"
       "e.wav\" WAVE\n");
  file("4.cue", "FILE \"C:\\rips\\4.wav\" WAVE\n");
  file("5.cue", "no lines at all");
  file("gone.cue", "FILE \"none.wav\" WAVE\n");
  file("sub.cue", "FILE \"CD1/1.flac\" WAVE\nFILE \"../1.flac\" WAVE\n");
  EXPECT_EQ(found(),
            "4.cue: 4.flac; 5.cue: 5.flac; album.cue: 1.flac 2.flac; latin.cue: Gr\u00f6\u00dfe.flac");
}

TEST_F(PartnersTest, LinksAndFoldersAreNone) {
  file("a.mp3");
  std::filesystem::create_symlink("a.mp3", dir / "a.lrc");
  std::filesystem::create_directory(dir / "a.cue");
  EXPECT_EQ(found(), "");
}

}  // namespace
}  // namespace echofold::partner_partners_test
