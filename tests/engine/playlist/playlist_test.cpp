// Entries in every style; everything else in a playlist stays unchanged.
#include "engine/playlist/playlist.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/playlist/other_lists.h"
#include "engine/playlist/utf16.h"
#include "tests/engine/act/act_support.h"
#include "tests/support/temp_dir.h"

namespace echofold::playlist_playlist_test {
namespace {

using namespace std::string_literals;

const NewPlaces places = {{"/music/b/old song.mp3", "/music/a/new & song.flac"},
                          {"/music/b/Größe.mp3", "/music/a/Größe.flac"},
                          {"/music/b/only.mp3", "/music/a/☃.flac"},
                          {"/music/b/#1.mp3", "/music/b/#1.flac"}};

NewPlaylist made(const std::string& bytes, PlaylistKind kind, const std::string& folder = "/music/lists",
                 const NewPlaces& moved_places = places) {
  MovedFiles moved(moved_places);
  return updated_playlist(bytes, kind, {folder, folder}, moved);
}

std::string now(const std::string& bytes, PlaylistKind kind, const std::string& folder = "/music/lists",
                const NewPlaces& moved_places = places) {
  const NewPlaylist playlist = made(bytes, kind, folder, moved_places);
  if (playlist.entries == 0) {
    EXPECT_EQ(playlist.bytes, bytes);
  }
  return playlist.entries > 0 ? playlist.bytes : "(as it was)";
}

std::string m3u(const std::string& bytes) { return now(bytes, PlaylistKind::m3u); }
std::string pls(const std::string& bytes) { return now(bytes, PlaylistKind::pls); }
std::string xspf(const std::string& bytes) { return now(bytes, PlaylistKind::xspf); }

TEST(PlaylistTest, RelativeStaysRelativeAndAbsoluteAbsolute) {
  EXPECT_EQ(m3u("../b/old song.mp3\n/music/b/old song.mp3\n"),
            "../a/new & song.flac\n/music/a/new & song.flac\n");
  EXPECT_EQ(now("./old song.mp3\nold song.mp3", PlaylistKind::m3u, "/music/b"),
            "../a/new & song.flac\n../a/new & song.flac");
  EXPECT_EQ(now("./#1.mp3\n", PlaylistKind::m3u, "/music/b"), "./#1.flac\n");
  EXPECT_EQ(m3u("../b/../b/./old song.mp3"), "../a/new & song.flac");
}

TEST(PlaylistTest, EverythingElseStays) {
  EXPECT_EQ(m3u("\xef\xbb\xbf#EXTM3U\r\n#EXTINF:1,../b/old song.mp3\r\n../b/old song.mp3\r\n\r\nother.mp3"),
            "\xef\xbb\xbf#EXTM3U\r\n#EXTINF:1,../b/old song.mp3\r\n../a/new & song.flac\r\n\r\nother.mp3");
  EXPECT_EQ(m3u("  ../b/old song.mp3\t\n"), "  ../a/new & song.flac\t\n");
  EXPECT_EQ(m3u("#../b/old song.mp3\nhttp://radio/b/old song.mp3\n"), "(as it was)");
  EXPECT_EQ(m3u(""), "(as it was)");
}

TEST(PlaylistTest, EncodingsAndSlashesStay) {
  EXPECT_EQ(m3u("../b/Gr\xf6\xdf"
                "e.mp3\n"),
            "../a/Gr\xf6\xdf"
            "e.flac\n");
  EXPECT_EQ(m3u("../b/Größe.mp3\n"), "../a/Größe.flac\n");
  EXPECT_EQ(m3u("..\\b\\old song.mp3\n"), "..\\a\\new & song.flac\n");
}

TEST(PlaylistTest, Uris) {
  EXPECT_EQ(m3u("file:///music/b/old%20song.mp3\n"), "file:///music/a/new%20&%20song.flac\n");
  EXPECT_EQ(m3u("file://localhost/music/b/old%20song.mp3"), "file://localhost/music/a/new%20&%20song.flac");
  EXPECT_EQ(m3u("file://nas/music/b/old%20song.mp3"), "(as it was)");
}

TEST(PlaylistTest, ANameThatCannotBeAnEntryStays) {
  EXPECT_EQ(now("/x/../music/b/#1.mp3", PlaylistKind::m3u), "/music/b/#1.flac");
  const NewPlaces odd = {{"/m/a", "/m/b\nc"}, {"/m/d", "/m/#e"}};
  EXPECT_EQ(now("a\nd\n", PlaylistKind::m3u, "/m", odd), "(as it was)");
  const NewPlaylist left = made("a\nd\nd\n", PlaylistKind::m3u, "/m", odd);
  ASSERT_EQ(left.lost.size(), 2U) << "each entry once";
  EXPECT_EQ(left.lost[0].entry, "a");
  EXPECT_NE(left.lost[0].why.find("line break"), std::string::npos) << left.lost[0].why;
  EXPECT_EQ(left.lost[1].entry, "d");
  EXPECT_NE(left.lost[1].why.find("comment"), std::string::npos) << left.lost[1].why;
}

TEST(PlaylistTest, Pls) {
  EXPECT_EQ(
      pls("[playlist]\nFile1=../b/old song.mp3\nTitle1=../b/old song.mp3\nLength1=-1\nNumberOfEntries=1\n"),
      "[playlist]\nFile1=../a/new & song.flac\nTitle1=../b/old song.mp3\nLength1=-1\nNumberOfEntries=1\n");
  EXPECT_EQ(pls("file12=file:///music/b/old%20song.mp3\r\n"),
            "file12=file:///music/a/new%20&%20song.flac\r\n");
  EXPECT_EQ(pls("File=../b/old song.mp3\nFileX=../b/old song.mp3\n"), "(as it was)");
}

TEST(PlaylistTest, Xspf) {
  EXPECT_EQ(
      xspf("<track><location>\n file:///music/b/old%20song.mp3 </location><title>a &amp; b</title></track>"),
      "<track><location>\n file:///music/a/new%20&amp;%20song.flac </location><title>a &amp; "
      "b</title></track>");
  EXPECT_EQ(xspf("<location>../b/Gr%C3%B6%c3%9fe.mp3</location><location>x&#38;y</location>"),
            "<location>../a/Gr%C3%B6%C3%9Fe.flac</location><location>x&#38;y</location>");
  EXPECT_EQ(xspf("<location>../b/only.mp3</location>"), "<location>../a/%E2%98%83.flac</location>");
  for (const char* cut :
       {"<location", "<location>", "<location>../b/only.mp3", "<locations/>", "&", "<location>&#x;<"})
    EXPECT_EQ(xspf(cut), "(as it was)") << cut;
}

TEST(PlaylistTest, PercentSignsWithoutAScheme) {
  EXPECT_EQ(m3u("../b/old%20song.mp3\n"), "../a/new%20&%20song.flac\n");
  EXPECT_EQ(m3u("/music/b/old%20song.mp3\n"), "/music/a/new%20&%20song.flac\n");
  EXPECT_EQ(m3u("../b/Gr%c3%b6%c3%9fe.mp3\n"), "../a/Gr%c3%b6%c3%9fe.flac\n") << "digits as they were";
  EXPECT_EQ(m3u("../b/Gr%F6%DFe.mp3\n"), "../a/Gr%F6%DFe.flac\n") << "Latin-1 under percent signs";
  EXPECT_EQ(pls("File1=..\\b\\old%20song.mp3\n"), "File1=..\\a\\new%20&%20song.flac\n");
  const NewPlaces odd = {{"/m/a b.mp3", "/m/100% [x] \u00e4.mp3"}};
  EXPECT_EQ(now("a%20b.mp3", PlaylistKind::m3u, "/m", odd), "100%25%20%5Bx%5D%20%C3%A4.mp3");
  EXPECT_EQ(
      now("../m/a%20b.mp3#\u00f6", PlaylistKind::m3u, "/m", {{"/m/a b.mp3#\u00f6", "/m/[1] \u00e4#.mp3"}}),
      "%5B1%5D%20\u00e4#.mp3")
      << "what stood plain stands plain";
}

TEST(PlaylistTest, APercentSignThatIsMeantAsOne) {
  EXPECT_EQ(now("100%25.mp3\n", PlaylistKind::m3u, "/m", {{"/m/100%25.mp3", "/m/x%20y.mp3"}}), "x%20y.mp3\n");
  const test::TempDir dir;
  test::write_file((dir / "a%20b.mp3").native(), "this very name");
  const NewPlaces there = {{(dir / "a b.mp3").native(), (dir / "c.mp3").native()}};
  EXPECT_EQ(now("a%20b.mp3\n", PlaylistKind::m3u, dir.path().native(), there), "(as it was)")
      << "a file of that very name is there";
}

TEST(PlaylistTest, CodePagesStay) {
  const NewPlaces moved = {
      {"/m/\u201equoted\u201c \u20ac.mp3", "/m/b/\u201equoted\u201c \u2013 \u20ac.mp3"},
      {"/m/\u0159eka.mp3", "/m/b/\u0159eka \u017e.mp3"},
      {"/m/\u043f\u0435\u0441\u043d\u044f.mp3", "/m/b/\u043f\u0435\u0441\u043d\u044f.flac"},
      {"/m/\u65e5\u672c.mp3", "/m/b/\u65e5\u672c.flac"},
      {"/m/\u00fc.mp3", "/m/\u65e5.mp3"}};
  const auto in_m = [&](const std::string& bytes) { return now(bytes, PlaylistKind::m3u, "/m", moved); };
  EXPECT_EQ(in_m("\x84quoted\x93 \x80.mp3\r\n"), "b/\x84quoted\x93 \x96 \x80.mp3\r\n") << "1252";
  EXPECT_EQ(in_m("\xf8"
                 "eka.mp3"),
            "b/\xf8"
            "eka \x9e.mp3")
      << "1250";
  EXPECT_EQ(in_m("\xef\xe5\xf1\xed\xff.mp3"), "b/\xef\xe5\xf1\xed\xff.flac") << "1251";
  EXPECT_EQ(in_m("\x93\xfa\x96\x7b.mp3"), "b/\x93\xfa\x96\x7b.flac") << "932, Shift JIS";
  const NewPlaylist lost = made("\xfc.mp3\n", PlaylistKind::m3u, "/m", moved);
  ASSERT_EQ(lost.lost.size(), 1U);
  EXPECT_EQ(lost.entries, 0U);
  EXPECT_NE(lost.lost[0].why.find("CP1252"), std::string::npos) << lost.lost[0].why;
}

std::string utf16(const std::string& text, ByteOrder order) { return to_utf16(text, order); }

TEST(PlaylistTest, Utf16Stays) {
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big})
    for (const char* mark : {"\ufeff", ""}) {
      const std::string old = std::string(mark) + "#EXTM3U\r\n#EXTINF:1,Gr\u00f6\u00dfe \U0001d11e\r\n";
      EXPECT_EQ(m3u(utf16(old + "..\\b\\Gr\u00f6\u00dfe.mp3\r\nother.mp3", order)),
                utf16(old + "..\\a\\Gr\u00f6\u00dfe.flac\r\nother.mp3", order));
      EXPECT_EQ(m3u(utf16(old + "../b/only.mp3\n", order)), utf16(old + "../a/\u2603.flac\n", order));
    }
  // An unpaired surrogate and half a unit at the end are not valid text, but are preserved.
  const std::string torn(
      "\xff\xfe\0\xd8\n\0.\0.\0/\0"
      "b\0/\0o\0n\0l\0y\0.\0m\0p\0"
      "3\0\n\0x",
      35);
  const NewPlaylist made_new = made(torn, PlaylistKind::m3u);
  EXPECT_EQ(made_new.entries, 1U);
  EXPECT_EQ(made_new.bytes.substr(0, 6), torn.substr(0, 6));
  EXPECT_EQ(made_new.bytes.back(), 'x');
  EXPECT_EQ(m3u(std::string("\xff\xfe\0\xd8\n", 5)), "(as it was)");
}

struct LinkedFolders : testing::Test {
  LinkedFolders() {
    test::write_file(at("data/deep/other.mp3"), "stays");
    std::filesystem::create_directories(at("music"));
    std::filesystem::create_directory_symlink(at("data"), at("music/link"));
    std::filesystem::create_symlink("../data/one.mp3", at("music/one link.mp3"));
  }
  std::string at(const std::string& name) const { return (dir / name).native(); }
  std::string in_music(const std::string& entry, const NewPlaces& moved) const {
    return now(entry, PlaylistKind::m3u, at("music"), moved);
  }
  test::TempDir dir;
};

TEST_F(LinkedFolders, AreFollowedAndKept) {
  const NewPlaces moved = {{at("data/one.mp3"), at("data/deep/two.flac")}};
  EXPECT_EQ(in_music("link/one.mp3\n", moved), "link/deep/two.flac\n") << "through the same link";
  EXPECT_EQ(in_music(at("music/link/one.mp3"), moved), at("music/link/deep/two.flac"));
  EXPECT_EQ(in_music("link/deep/../one.mp3", moved), "link/deep/two.flac");
  EXPECT_EQ(in_music("one link.mp3", moved), "../data/deep/two.flac") << "a link to the file itself";
  EXPECT_EQ(in_music("link/deep/other.mp3", moved), "(as it was)");
}

TEST_F(LinkedFolders, ToAnotherFolderAndFromOneThatIsGone) {
  const NewPlaces moved = {{at("data/gone/one.mp3"), at("other/one.mp3")}};
  EXPECT_EQ(in_music("link/gone/one.mp3", moved), "../other/one.mp3");
  EXPECT_EQ(in_music(at("music/link/gone/one.mp3"), moved), at("other/one.mp3"));
}

TEST(PlaylistTest, NamesThatDifferByCaseOrNormalForm) {
  EXPECT_EQ(m3u("../B/OLD SONG.MP3\n"), "../a/new & song.flac\n");
  EXPECT_EQ(m3u("../b/Gro\u0308\u00dfe.mp3\n"), "../a/Gr\u00f6\u00dfe.flac\n") << "as a Mac writes it";
  EXPECT_EQ(now("A.MP3", PlaylistKind::m3u, "/m", {{"/m/a.mp3", "/m/1"}, {"/m/a.mP3", "/m/2"}}),
            "(as it was)");
}

TEST(PlaylistTest, RelativeToTheLibrary) {
  MovedFiles moved({{"/music/b/x.mp3", "/music/a/x.flac"}}, {"/music"});
  EXPECT_EQ(updated_playlist("b/x.mp3\n", PlaylistKind::m3u, {"/lists", "/lists"}, moved).bytes,
            "a/x.flac\n");
}

TEST(PlaylistTest, WhatSeemsToLeadToAMovedFileIsListed) {
  for (const char* entry :
       {"C:\\Music\\b\\old song.mp3", "\\\\nas\\music\\b\\old song.mp3", "file:///D:/Music/b/old%20song.mp3",
        "file://nas/music/b/old%20song.mp3", "/volume1/music/B/Old Song.mp3", "Z:\\old song.mp3"}) {
    const NewPlaylist playlist = made(std::string(entry) + "\r\n", PlaylistKind::m3u);
    EXPECT_EQ(playlist.entries, 0U) << entry;
    ASSERT_EQ(playlist.lost.size(), 1U) << entry;
    EXPECT_EQ(playlist.lost[0].entry, entry);
    EXPECT_NE(playlist.lost[0].why.find("/music/b/old song.mp3"), std::string::npos) << playlist.lost[0].why;
  }
  for (const char* entry :
       {"C:\\Music\\c\\old song.mp3", "http://radio/b/old%20song.mp3", "/x/y.mp3", "x.mp3"})
    EXPECT_TRUE(made(entry, PlaylistKind::m3u).lost.empty()) << entry;
}

TEST(PlaylistTest, APlaylistThatMovedItself) {
  const test::TempDir dir;
  const auto at = [&](const std::string& name) { return (dir / name).native(); };
  test::write_file(at("in/stays.mp3"), "x");
  MovedFiles moved(NewPlaces{{at("in/1.mp3"), at("A/B/one.mp3")}});
  const NewPlaylist playlist =
      updated_playlist("1.mp3\nstays.mp3\nnot there.mp3\n" + at("in/stays.mp3") + "\n", PlaylistKind::m3u,
                       {at("in"), at("A/B")}, moved);
  EXPECT_EQ(playlist.bytes, "one.mp3\n../../in/stays.mp3\nnot there.mp3\n" + at("in/stays.mp3") + "\n");
  EXPECT_EQ(playlist.entries, 2U);
}

TEST(PlaylistTest, WplAndAsx) {
  EXPECT_EQ(now("<?wpl?><seq>\r\n<media src=\"..\\b\\old song.mp3\" tid=\"{1}\"/><MEDIA SRC = "
                "'/music/b/only.mp3'/>",
                PlaylistKind::wpl),
            "<?wpl?><seq>\r\n<media src=\"..\\a\\new &amp; song.flac\" tid=\"{1}\"/><MEDIA SRC = "
            "'/music/a/\u2603.flac'/>");
  EXPECT_EQ(
      now("<ASX><Entry><Ref href=\"../b/old song.mp3\"/><title>../b/old song.mp3</title>", PlaylistKind::asx),
      "<ASX><Entry><Ref href=\"../a/new &amp; song.flac\"/><title>../b/old song.mp3</title>");
  EXPECT_EQ(
      now("<mediax src=\"../b/only.mp3\"/><media xsrc=\"../b/only.mp3\"/><media src=../b", PlaylistKind::wpl),
      "(as it was)");
}

TEST(PlaylistTest, CueSheets) {
  const auto cue = [](const std::string& bytes) { return now(bytes, PlaylistKind::cue, "/music/b"); };
  EXPECT_EQ(cue("PERFORMER \"x\"\r\nFILE \"old song.mp3\" MP3\r\n  TRACK 01 AUDIO\r\n    TITLE \"old "
                "song.mp3\"\r\n"),
            "PERFORMER \"x\"\r\nFILE \"../a/new & song.flac\" MP3\r\n  TRACK 01 AUDIO\r\n    TITLE \"old "
            "song.mp3\"\r\n");
  EXPECT_EQ(cue("file only.mp3 WAVE\n"), "file ../a/\u2603.flac WAVE\n");
  EXPECT_EQ(cue("FILE \"old song.wav\" WAVE\n"), "FILE \"../a/new & song.wav\" WAVE\n")
      << "the WAV that was ripped";
  EXPECT_EQ(cue("FILE #1.mp3 MP3\nREM FILE \"only.mp3\"\nFILES only.mp3\n"), "(as it was)");
  const NewPlaylist quote =
      made("FILE \"a.mp3\" MP3\n", PlaylistKind::cue, "/m", {{"/m/a.mp3", "/m/\"b\".mp3"}});
  EXPECT_EQ(quote.entries, 0U);
  ASSERT_EQ(quote.lost.size(), 1U);
}

TEST(PlaylistTest, OtherListsAreSearchedForNames) {
  const MovedFiles moved(places);
  const auto named = [&](const std::string& bytes) {
    const auto found = files_named_in(bytes, moved);
    return found.size() == 1 ? found[0]->first : std::to_string(found.size());
  };
  EXPECT_EQ(named("\1\2FPL\0file://D:\\Music\\b\\old song.mp3\0\5"s), "/music/b/old song.mp3");
  EXPECT_EQ(named("1,filename,Z:\\b\\old%20song.mp3\n"), "/music/b/old song.mp3");
  EXPECT_EQ(named(to_utf16("\ufeff#x\nC:\\b\\Gr\u00f6\u00dfe.mp3|1", ByteOrder::big)),
            "/music/b/Gr\u00f6\u00dfe.mp3");
  EXPECT_EQ(named("c:/other/old song.mp3"), "0") << "of another folder";
}

TEST(PlaylistTest, KindsByName) {
  EXPECT_EQ(playlist_kind("/a/b.ZPL"), PlaylistKind::wpl);
  EXPECT_EQ(playlist_kind("/a/b.Cue"), PlaylistKind::cue);
  EXPECT_EQ(playlist_kind("/a/b.M3U8"), PlaylistKind::m3u);
  EXPECT_EQ(playlist_kind("/a/b.pls"), PlaylistKind::pls);
  EXPECT_EQ(playlist_kind("/a/b.xspf"), PlaylistKind::xspf);
  EXPECT_FALSE(playlist_kind("/a.m3u/b"));
}

}  // namespace
}  // namespace echofold::playlist_playlist_test
