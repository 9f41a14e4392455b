// Lines of organize and undo: short on a terminal, whole in a pipe.
#include "engine/report/name_table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace echofold::report_name_table_test {
namespace {

const std::vector<std::string_view> paths{"/music/new/01 One.flac", "/music/Artist/Album/One.flac"};

TEST(NameTableTest, ATerminalHasTheFolderOnce) {
  const NameTable table(paths, {.columns = 80});
  EXPECT_EQ(table.heading(), "In /music:\n\n");
  EXPECT_EQ(table.renamed(paths[0], paths[1]), "new/01 One.flac\n  -> Artist/Album/One.flac\n");
  EXPECT_EQ(table.done("restored", paths[0]), "restored new/01 One.flac\n");
  EXPECT_EQ(table.left_alone("/music/x.mp3", "no title"), "left alone x.mp3:\n    no title\n");
  EXPECT_EQ(table.done("restored", "/elsewhere/x.mp3"), "restored /elsewhere/x.mp3\n");
}

TEST(NameTableTest, APipeHasWholePaths) {
  const NameTable table(paths, {.columns = 20, .whole_lines = true});
  EXPECT_EQ(table.heading(), "");
  EXPECT_EQ(table.renamed(paths[0], paths[1]), "/music/new/01 One.flac\n  -> /music/Artist/Album/One.flac\n");
  EXPECT_EQ(table.left_alone("/music/x.mp3", "no title"), "left alone /music/x.mp3: no title\n");
}

TEST(NameTableTest, NoLineIsLongerThanTheTerminal) {
  const std::string deep = "/music/" + std::string(90, 'a') + "/" + std::string(90, 'b') + ".flac";
  const NameTable table({deep, "/music/short.flac"}, {.columns = 80});
  const std::string why =
      "its tags have no album, and the template {artist}/{album}/{title} that was given needs one";
  std::istringstream lines(table.heading() + table.renamed(deep, deep) + table.left_alone(deep, why) +
                           table.done("would restore", deep));
  for (std::string line; std::getline(lines, line);) {
    std::size_t columns = 0;
    for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    EXPECT_LE(columns, 80u) << line;
  }
}

}  // namespace
}  // namespace echofold::report_name_table_test
