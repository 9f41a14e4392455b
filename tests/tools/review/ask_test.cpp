#include "tools/review/ask.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/tools/review/review_support.h"

namespace echofold::review_ask_test {
namespace {

/// Runs a review over three questions with these lines typed.
struct Asked {
  Review review{test::three_questions()};
  std::ostringstream screen;
  std::vector<std::string> events;

  explicit Asked(std::vector<std::string> typed) {
    std::size_t next = 0;
    const AnswerSource lines = [&]() -> std::optional<std::string> {
      if (next == typed.size()) return std::nullopt;
      return typed[next++];
    };
    ReviewEvents noted;
    noted.answered = [&](const Question& question, Answer) {
      events.push_back("+" + question.left.track.path);
    };
    noted.taken_back = [&](const Question& question, Answer) {
      events.push_back("-" + question.left.track.path);
    };
    noted.play = [&](const Question& question) { events.push_back("play " + question.left.track.path); };
    ask(review, lines, screen, false, noted);
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

TEST(AskTest, SaysWhatIsNoAnswer) {
  const auto is_refused = [](const char* typed) {
    return Asked({typed}).screen.str().find("is not an answer; ? explains the keys") != std::string::npos;
  };
  for (const char* typed : {"x", "yes", "12", "\x1b[A", "\x7f", "\xc3\xa4"})
    EXPECT_TRUE(is_refused(typed)) << typed;
  for (const char* typed : {"", " ", "?", "1", "p", "\f"}) EXPECT_FALSE(is_refused(typed)) << typed;
  EXPECT_EQ(Asked({"\x1b]0;x\x07"}).screen.str().find('\x1b'), std::string::npos);
}

TEST(AskTest, ExplainsPlaysAndDrawsAgain) {
  const Asked asked({"?", "p", "1", "P", "\f", "q"});
  const std::string screen = asked.screen.str();
  EXPECT_NE(screen.find("take the last answer back"), std::string::npos);
  EXPECT_EQ(asked.events, (std::vector<std::string>{"play /a.flac", "+/a.flac", "play /b.flac"}));
  const auto first = screen.find("Pair 2 of 3");
  EXPECT_NE(screen.find("Pair 2 of 3", first + 1), std::string::npos) << "drawn again";
}

TEST(AskTest, NamesTheSidesAndMarksTheProposal) {
  Question question = test::question("/new/a.mp3", "/lib/a.flac");
  question.left.is_new = true;
  question.proposes_left = false;
  const auto screen = [](const Question& q) {
    Review review({q});
    std::ostringstream out;
    ask(review, [] { return std::nullopt; }, out, false, {});
    return out.str();
  };
  const std::string text = screen(question);
  EXPECT_LT(text.find("1 = new"), text.find("2 = library (proposed)")) << text;
  EXPECT_NE(text.find("\n1 new stays, [2 library stays], "), std::string::npos) << text;
  EXPECT_NE(screen(test::question("/a", "/b")).find("\n[1 left stays], 2 right stays, "), std::string::npos);
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
}  // namespace echofold::review_ask_test
