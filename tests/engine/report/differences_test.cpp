// D of the review: what differs, in whole.
#include "engine/report/differences.h"

#include <gtest/gtest.h>

#include "tests/engine/report/sample_plan.h"

namespace echofold::report_differences_test {
namespace {

const TableStyle style{.columns = 80};

TEST(DifferencesTest, ShowsBothValuesInWholeAndNamesTheRest) {
  TrackRecord left = test::sample_track(1, "/m/a.flac", true), right = test::sample_track(2, "/m/b.mp3");
  right.tags.title = std::string(30, 'a') + " " + std::string(60, 'b');
  const std::string text = differences(left, right, {}, {}, style);
  EXPECT_NE(text.find("  title          1 Title\n                 2 " + std::string(30, 'a')),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(std::string(60, 'b')), std::string::npos) << "nothing is cut";
  EXPECT_NE(text.find("  codec          1 FLAC\n                 2 MP3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  the same"), std::string::npos);
  EXPECT_NE(text.find("artist"), std::string::npos);
}

TEST(DifferencesTest, TagsThatOnlyTheFilesHave) {
  const TrackRecord track = test::sample_track(1, "/m/a.flac", true);
  const std::string text = differences(track, track, {{"GENRE", "Jazz"}, {"COMPOSER", "X"}},
                                       {{"GENRE", "Rock\x1b[2J"}, {"COMPOSER", "X"}}, style);
  EXPECT_NE(text.find("  GENRE          1 Jazz\n                 2 Rock\\x1b[2J\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("COMPOSER"), std::string::npos) << "among what is the same";
  EXPECT_EQ(text.find("1 X"), std::string::npos);
}

TEST(DifferencesTest, NothingDiffers) {
  const TrackRecord track = test::sample_track(1, "/m/a.flac", true);
  EXPECT_TRUE(differences(track, track, {}, {}, style).starts_with("  Nothing differs"));
}

TEST(TagsInTest, TakesTagsOfTheFileAndOfItsFirstStream) {
  const std::vector<ListedFact> facts = {{"audio samples", "123"},        {"tag Genre", "Jazz"},
                                         {"stream 0 tag COMMENT", "hi"},  {"stream 1 tag COMMENT", "video"},
                                         {"tag title", "in the records"}, {"chapter 0 tag title", "One"}};
  EXPECT_EQ(tags_in(facts), (std::vector<ListedFact>{{"COMMENT", "hi"}, {"GENRE", "Jazz"}}));
}

}  // namespace
}  // namespace echofold::report_differences_test
