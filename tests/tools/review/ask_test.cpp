#include "tools/review/ask.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/tools/review/review_support.h"

namespace echofold {
namespace {

/// Runs a review over three questions with these lines typed.
struct Asked {
  Review review{test::three_questions()};
  std::ostringstream screen;
  std::vector<std::string> events;

  explicit Asked(std::vector<std::string> typed) {
    std::size_t next = 0;
    const LineSource lines = [&]() -> std::optional<std::string> {
      if (next == typed.size()) return std::nullopt;
      return typed[next++];
    };
    ReviewEvents told;
    told.answered = [&](const Question& question, Answer) {
      events.push_back("+" + question.left.track.path);
    };
    told.taken_back = [&](const Question& question, Answer) {
      events.push_back("-" + question.left.track.path);
    };
    ask(review, lines, screen, false, told);
  }
};

TEST(AskTest, EveryKeyInBothCases) {
  const Asked asked({"1", "s", "B"});
  const std::vector<Answer> wanted = {Answer::keep_left, Answer::keep_both_for_now,
                                      Answer::keep_both_for_ever};
  EXPECT_EQ(asked.review.answers(), wanted);
  EXPECT_EQ(Asked({"2", "S", "b"}).review.answers().front(), Answer::keep_right);
}

TEST(AskTest, PlainEnterAndWordsChangeNothing) {
  const Asked asked({"", " ", "yes", "12", "3", "\x1b[A"});
  EXPECT_TRUE(asked.review.answers().empty());
  EXPECT_TRUE(asked.events.empty());
}

TEST(AskTest, TakesTheLastAnswerBack) {
  const Asked asked({"u", "1", "2", "U", " 1 "});
  const std::vector<Answer> wanted = {Answer::keep_left, Answer::keep_left};
  EXPECT_EQ(asked.review.answers(), wanted);
  const std::vector<std::string> events = {"+/a.flac", "+/b.flac", "-/b.flac", "+/b.flac"};
  EXPECT_EQ(asked.events, events);
}

TEST(AskTest, StopKeepsWhatWasAnswered) {
  for (const char* key : {"q", "Q"}) {
    const Asked asked({"1", key, "1"});
    EXPECT_EQ(asked.review.answers().size(), 1U);
  }
}

TEST(AskTest, ShowsBothCopiesAndSafeNames) {
  Review review({test::question("/evil\x1b[2J.flac", "/b.mp3")});
  std::ostringstream screen;
  ask(review, [] { return std::nullopt; }, screen, false, {});
  EXPECT_EQ(screen.str().find('\x1b'), std::string::npos);
  EXPECT_NE(screen.str().find("b.mp3"), std::string::npos);
}

}  // namespace
}  // namespace echofold
