// Entries in every style, and that nothing else of a playlist changes.
#include "engine/playlist/playlist.h"

#include <gtest/gtest.h>

namespace echofold {
namespace {

const NewPlaces places = {{"/music/b/old song.mp3", "/music/a/new & song.flac"},
                          {"/music/b/Größe.mp3", "/music/a/Größe.flac"},
                          {"/music/b/only.mp3", "/music/a/☃.flac"},
                          {"/music/b/#1.mp3", "/music/b/#1.flac"}};

std::string now(const std::string& bytes, PlaylistKind kind, const std::string& folder = "/music/lists") {
  const auto playlist = playlist_now(bytes, kind, folder, places);
  return playlist ? playlist->bytes : "(as it was)";
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
  EXPECT_FALSE(playlist_now("a\nd\n", PlaylistKind::m3u, "/m", odd));
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

TEST(PlaylistTest, KindsByName) {
  EXPECT_EQ(playlist_kind("/a/b.M3U8"), PlaylistKind::m3u);
  EXPECT_EQ(playlist_kind("/a/b.pls"), PlaylistKind::pls);
  EXPECT_EQ(playlist_kind("/a/b.xspf"), PlaylistKind::xspf);
  EXPECT_FALSE(playlist_kind("/a.m3u/b"));
}

}  // namespace
}  // namespace echofold
