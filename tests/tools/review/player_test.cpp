// Which part of the two files is played.
#include "tools/review/player.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/tools/review/review_support.h"

namespace echofold::review_player_test {
namespace {

Question question_of(double left_s, double right_s, double offset_s) {
  Question question = test::question("/a.flac", "/b.mp3");
  question.left.track.properties.duration_s = left_s;
  question.right.track.properties.duration_s = right_s;
  question.offset_s = offset_s;
  return question;
}

TEST(PlayerTest, TheSamePlaceOfBoth) {
  for (const double offset : {-30.0, 0.0, 12.5})
    for (unsigned number = 0; number < 7; ++number) {
      const Question question = question_of(200, 180, offset);
      const Excerpt excerpt = excerpt_of(question, number);
      EXPECT_EQ(excerpt.length_s, 15);
      EXPECT_NEAR(excerpt.left_s - excerpt.right_s, offset, 1e-9);
      EXPECT_GE(std::min(excerpt.left_s, excerpt.right_s), 0) << number;
      EXPECT_LE(excerpt.left_s + 15, 200 + 1e-9);
      EXPECT_LE(excerpt.right_s + 15, 180 + 1e-9);
    }
  EXPECT_NE(excerpt_of(question_of(200, 200, 0), 0).left_s, excerpt_of(question_of(200, 200, 0), 1).left_s);
}

TEST(PlayerTest, ShortAndUnknownFiles) {
  EXPECT_EQ(excerpt_of(question_of(8, 9, 0), 2).length_s, 8);
  EXPECT_EQ(excerpt_of(question_of(0, 0, 0), 1).left_s, 0);
  EXPECT_GT(excerpt_of(question_of(0, 0, 0), 1).length_s, 0);
}

TEST(PlayerTest, NoPathIsTakenForAFlag) {
  for (const char* player : {"mpv", "ffplay", "mplayer", "play"}) {
    const auto command = player_command(player, "/m/-x.mp3", 1.5, 15);
    EXPECT_EQ(command.front(), player);
    EXPECT_NE(std::find(command.begin(), command.end(), "/m/-x.mp3"), command.end());
  }
}

TEST(Excerpts, OfAFasterCopyAreTheSameMusic) {
  Question question = question_of(200, 100, 20);
  question.speed = 1.05;  // 105 s of the left one
  for (unsigned number = 0; number < 5; ++number) {
    const Excerpt excerpt = excerpt_of(question, number);
    EXPECT_NEAR(20 + 1.05 * excerpt.right_s, excerpt.left_s, 1e-9);
    EXPECT_LE(excerpt.left_s + excerpt.length_s, 125 + 1e-9);
  }
}

}  // namespace
}  // namespace echofold::review_player_test
