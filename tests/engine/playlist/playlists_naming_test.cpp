// Which playlists name a file, in each style of naming it.
#include "engine/playlist/playlists_naming.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_dir.h"

namespace echofold::playlist_playlists_naming_test {
namespace {

struct PlaylistsNaming : testing::Test {
  PlaylistsNaming() {
    std::filesystem::create_directories(dir / "m" / "a");
    for (const char* name : {"a/one.mp3", "a/two.mp3", "a/12.mp3"}) write(name, "");
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(dir / "m" / name, std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return (dir / "m" / name).string(); }
  std::vector<std::string> naming(const std::string& name) const {
    const std::vector<std::string> files = {path("a/one.mp3"), path("a/two.mp3"), path("a/12.mp3")};
    auto found = playlists_naming(files, {(dir / "m").string()});
    return found[path(name)];
  }
  test::TempDir dir;
};

TEST_F(PlaylistsNaming, ByPathUriAndWindowsPath) {
  write("relative.m3u", "#EXTM3U\na/one.mp3\n");
  write("absolute.m3u8", path("a/one.mp3") + "\n" + path("a/two.mp3") + "\n");
  write("a/windows.pls", "[playlist]\nFile1=..\\a\\one.mp3\nNumberOfEntries=1\n");
  write("uri.xspf", "<playlist><trackList><track><location>file://" + path("a/one.mp3") +
                        "</location></track></trackList></playlist>");
  EXPECT_EQ(naming("a/one.mp3"), (std::vector<std::string>{path("a/windows.pls"), path("absolute.m3u8"),
                                                           path("relative.m3u"), path("uri.xspf")}));
  EXPECT_EQ(naming("a/two.mp3"), std::vector<std::string>{path("absolute.m3u8")});
}

TEST_F(PlaylistsNaming, OnlyThoseThatNameIt) {
  write("others.m3u", "a/three.mp3\nhttp://example.org/one.mp3\n");
  write("sheet.cue", "FILE \"a/one.mp3\" MP3\n");
  write("text.txt", "a/one.mp3\n");
  EXPECT_TRUE(naming("a/one.mp3").empty());
  write("number.m3u", "a/12.mp3\na/12.mp3\n");
  EXPECT_EQ(naming("a/12.mp3"), std::vector<std::string>{path("number.m3u")});
  EXPECT_TRUE(naming("a/one.mp3").empty());
}

TEST_F(PlaylistsNaming, Utf16) {
  std::string text = "\xFF\xFE";
  for (const char c : std::string("a/two.mp3\r\n")) text += {c, '\0'};
  write("wide.m3u", text);
  EXPECT_EQ(naming("a/two.mp3"), std::vector<std::string>{path("wide.m3u")});
}

}  // namespace
}  // namespace echofold::playlist_playlists_naming_test
