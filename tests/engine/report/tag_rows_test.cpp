// What `tag` prints for a file.
#include "engine/report/tag_rows.h"

#include <gtest/gtest.h>

#include "index/base/json.h"

namespace echofold::report_tag_rows_test {
namespace {

TagRow tagged() {
  TagRow row{.path = "/m/a.flac", .status = TagStatus::tagged, .score = 0.97999};
  row.found.acoustid_id = "aid";
  row.found.recording_id = "rid";
  row.changes = {{"title", "", "Norðurljós"}, {"album", "old\x1b[2J", "new"}, {"acoustid_id", "", "aid"}};
  return row;
}

TEST(TagRowsTest, ALineHasEveryField) {
  const Json line = parse_object(tag_row_to_line(tagged()));
  EXPECT_EQ(line.at("schema"), "echofold.tag/1");
  EXPECT_EQ(line.at("path"), "/m/a.flac");
  EXPECT_EQ(line.at("status"), "tagged");
  EXPECT_EQ(line.at("score"), 0.9799) << "never rounded up";
  EXPECT_EQ(line.at("acoustid_id"), "aid");
  EXPECT_EQ(line.at("musicbrainz_recording_id"), "rid");
  EXPECT_TRUE(line.at("musicbrainz_release_id").is_null());
  EXPECT_TRUE(line.at("changes").at("title").at("from").is_null());
  EXPECT_EQ(line.at("changes").at("title").at("to"), "Norðurljós");
  EXPECT_TRUE(line.at("why").is_null());
}

TEST(TagRowsTest, APathThatIsNoTextAndAReason) {
  TagRow row{.path = "/m/\xff",
             .status = TagStatus::ambiguous,
             .score = 1,
             .candidates = {"x", "y"},
             .why = "it may be"};
  const Json line = parse_object(tag_row_to_line(row));
  EXPECT_EQ(get_path(line, "path"), row.path);
  EXPECT_FALSE(line.contains("path"));
  EXPECT_EQ(line.at("candidates"), Json({"x", "y"}));
  EXPECT_EQ(line.at("why"), "it may be");
  EXPECT_EQ(tag_row_text(row, {.whole_lines = true}), "ambiguous  /m/\\xff  100 %  (it may be)\n");
  EXPECT_EQ(tag_row_text(row, {.columns = 80}), "ambiguous  /m/\\xff\n           100 %  (it may be)\n");
}

TEST(TagRowsTest, TheTableSteersNoTerminalAndCountsIds) {
  const std::string text = tag_row_text(tagged(), {.whole_lines = true});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("title         Norðurljós\n"), std::string::npos) << text;
  EXPECT_NE(text.find("(was old\\x1b[2J)"), std::string::npos) << text;
  EXPECT_NE(text.find("ids           1 of AcoustID and MusicBrainz"), std::string::npos) << text;
  EXPECT_EQ(text.find("aid"), std::string::npos);
}

}  // namespace
}  // namespace echofold::report_tag_rows_test
