#include "tools/review/ask.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "tests/tools/review/review_support.h"
#include "tools/review/pair_screen.h"

namespace echofold::review_ask_test {
namespace {

/// Runs a review over three questions with these lines typed.
struct Asked {
  Review review;
  std::ostringstream screen;
  std::vector<std::string> events;

  explicit Asked(std::vector<std::string> typed, Review about = Review(test::three_questions()))
      : review(std::move(about)) {
    std::size_t next = 0;
    const AnswerSource lines = [&]() -> std::optional<std::string> {
      if (next == typed.size()) return std::nullopt;
      return typed[next++];
    };
    ReviewEvents noted;
    const auto note = [&](const std::string& what, const std::vector<GivenNow>& given) {
      std::string text = what;
      for (const GivenNow& one : given) text += one.question->left.track.path;
      events.push_back(text);
    };
    noted.answered = [note](const std::vector<GivenNow>& given) { note("+", given); };
    noted.taken_back = [note](const std::vector<GivenNow>& given) { note("-", given); };
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

TEST(AskTest, AnAlbumIsAnsweredAfterOneQuestion) {
  const auto album = [] {
    return Review({test::question("/a/1.flac", "/b/1.mp3"), test::question("/a/2.flac", "/b/2.mp3"),
                   test::question("/a/3.flac", "/c/3.mp3")});
  };
  const Asked asked({"a", "y", "A", "u", "q"}, album());
  EXPECT_EQ(asked.events, (std::vector<std::string>{"+/a/1.flac/a/2.flac", "-/a/1.flac/a/2.flac"}));
  const std::string screen = asked.screen.str();
  EXPECT_NE(screen.find("All 2 open pairs of these two folders, as proposed"), std::string::npos) << screen;
  EXPECT_NE(screen.find("2 copies go from /b/"), std::string::npos) << screen;
  EXPECT_NE(screen.find("This is the only open pair of these two folders."), std::string::npos);
  EXPECT_NE(screen.find("2 answers taken back."), std::string::npos);
  for (const char* no : {"n", "", "x"}) EXPECT_TRUE(Asked({"a", no}, album()).events.empty()) << no;
}

TEST(AskTest, DShowsWhatDiffers) {
  Question question = test::question("/a.flac", "/b.mp3");
  question.right.track.tags.title = "A title of its own";
  const Asked asked({"D"}, Review({question}));
  EXPECT_NE(asked.screen.str().find("  title          1 -\n                 2 A title of its own\n"),
            std::string::npos)
      << asked.screen.str();
  EXPECT_TRUE(asked.events.empty());
}

TEST(AskTest, SaysWhatWasAnsweredEarlier) {
  const std::string screen = Asked({"q"}, Review(test::three_questions(), false, 37)).screen.str();
  EXPECT_NE(screen.find("37 of 40 answered earlier.\n"), std::string::npos);
  EXPECT_NE(screen.find("Pair 38 of 40\n"), std::string::npos);
}

TEST(AskTest, AGroupOfMoreThanTwoIsShownAsOne) {
  Plan plan;
  PlanGroup group;
  group.keep.track.path = "/m/best.flac";
  for (const char* path : {"/m/one.mp3", "/m/two.mp3", "/m/three.mp3"}) {
    PlanDrop drop;
    drop.relation = Relation::same_recording;
    drop.action = Action::review;
    drop.file.track.path = path;
    group.drops.push_back(drop);
  }
  group.drops[2].action = Action::move;
  plan.groups.push_back(group);
  const std::string screen = Asked({"2"}, Review(questions_of(plan))).screen.str();
  EXPECT_NE(screen.find("Pair 1 of 2: copy 2 of 4 of this recording"), std::string::npos) << screen;
  const std::size_t second = screen.find("Pair 2 of 2: copy 3 of 4");
  ASSERT_NE(second, std::string::npos) << screen;
  for (const char* line :
       {"> goes   /m/best.flac", "  stays  /m/one.mp3", "> open   /m/two.mp3", "  goes   /m/three.mp3"})
    EXPECT_NE(screen.find(line, second), std::string::npos) << line << "\n" << screen;
}

TEST(PairScreenTest, TheLocaleSaysWhetherBlocksCanBeShown) {
  const char* before = std::getenv("LC_ALL");
  const std::string saved = before == nullptr ? "" : before;
  for (const auto& [value, is_ascii] :
       {std::pair{"C", true}, {"de_DE.ISO-8859-1", true}, {"C.UTF-8", false}, {"en_GB.utf8", false}}) {
    setenv("LC_ALL", value, 1);
    EXPECT_EQ(terminal_is_ascii(), is_ascii) << value;
  }
  if (before == nullptr)
    unsetenv("LC_ALL");
  else
    setenv("LC_ALL", saved.c_str(), 1);
}

}  // namespace
}  // namespace echofold::review_ask_test
