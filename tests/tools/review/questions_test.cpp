#include "tools/review/questions.h"

#include <gtest/gtest.h>

#include "tests/tools/review/review_support.h"

namespace echofold::review_questions_test {
namespace {

using test::three_questions;

TEST(QuestionsTest, OnlyDropsForReviewBecomeQuestions) {
  Plan plan;
  plan.groups.resize(2);
  for (PlanGroup& group : plan.groups) {
    for (const Action action : {Action::move, Action::review, Action::none}) {
      PlanDrop drop;
      drop.action = action;
      drop.file.track.path = "/drop" + std::to_string(static_cast<int>(action));
      group.drops.push_back(drop);
    }
  }
  plan.groups[0].number = 7;
  plan.groups[0].keep.track.path = "/keep";
  const auto questions = questions_of(plan);
  ASSERT_EQ(questions.size(), 2U);
  EXPECT_EQ(questions[0].group, 7U);
  EXPECT_EQ(questions[0].left.track.path, "/keep");
  EXPECT_EQ(questions[0].right.track.path, "/drop1");
}

TEST(QuestionsTest, TheNewFileIsLeft) {
  Plan plan;
  for (const auto& [keep_is_new, drop_is_new] :
       {std::pair{false, true}, {true, false}, {true, true}, {false, false}}) {
    PlanGroup group;
    group.keep.track.path = "/keep";
    group.keep.is_new = keep_is_new;
    PlanDrop drop;
    drop.action = Action::review;
    drop.file.track.path = "/drop";
    drop.file.is_new = drop_is_new;
    drop.offset_s = 1.5;
    group.drops.push_back(drop);
    plan.groups.push_back(group);
  }
  const auto questions = questions_of(plan);
  EXPECT_EQ(questions[0].left.track.path, "/drop");
  EXPECT_EQ(questions[0].offset_s, -1.5);
  EXPECT_FALSE(questions[0].proposes_left);
  EXPECT_EQ(names_of(questions[0]).left + names_of(questions[0]).right, "newlibrary");
  EXPECT_EQ(questions[1].left.track.path, "/keep");
  EXPECT_TRUE(questions[1].proposes_left);
  EXPECT_EQ(names_of(questions[1]).left, "new");
  for (const std::size_t i : {2u, 3u}) {
    EXPECT_EQ(questions[i].left.track.path, "/keep");
    EXPECT_EQ(names_of(questions[i]).left, "left") << i;
  }
}

TEST(ReviewTest, OnlyNewSparesTheLibrary) {
  std::vector<Question> questions = three_questions();
  for (Question& question : questions) question.left.is_new = true;
  Review review(questions, true);
  review.answer(Answer::keep_left);
  review.answer(Answer::keep_right);
  ASSERT_EQ(review.decided().size(), 1U);
  EXPECT_EQ(review.decided()[0].drops.at(0).file.track.path, "/b.flac");
  EXPECT_EQ(review.spared(), 1U);
}

TEST(ReviewTest, AnswersSayWhatGoes) {
  Review review(three_questions());
  review.answer(Answer::keep_left);
  review.answer(Answer::keep_right);
  review.answer(Answer::keep_both_for_ever);
  EXPECT_EQ(review.current(), nullptr);
  const auto decided = review.decided();
  ASSERT_EQ(decided.size(), 2U);
  EXPECT_EQ(decided[0].keep.track.path, "/a.flac");
  EXPECT_EQ(decided[0].drops.at(0).file.track.path, "/a.mp3");
  EXPECT_EQ(decided[1].keep.track.path, "/b.mp3");
  EXPECT_EQ(decided[1].drops.at(0).file.track.path, "/b.flac");
}

TEST(ReviewTest, AnswersCanBeTakenBackToTheStart) {
  Review review(three_questions());
  review.answer(Answer::keep_left);
  review.answer(Answer::keep_both_for_now);
  EXPECT_EQ(review.take_back().at(0).answer, Answer::keep_both_for_now);
  EXPECT_EQ(review.current()->left.track.path, "/b.flac");
  EXPECT_EQ(review.take_back().at(0).answer, Answer::keep_left);
  EXPECT_TRUE(review.take_back().empty());
  EXPECT_TRUE(review.decided().empty());
}

std::vector<Question> two_albums() {
  std::vector<Question> questions = {
      test::question("/a/1.flac", "/b/1.mp3"), test::question("/a/2.flac", "/c/2.mp3"),
      test::question("/b/3.mp3", "/a/3.flac"), test::question("/a/4.flac", "/b/4.mp3")};
  questions[2].proposes_left = false;
  return questions;
}

TEST(ReviewTest, AnAlbumIsOneStep) {
  Review review(two_albums());
  const std::vector<std::size_t> indexes = review.of_these_folders();
  EXPECT_EQ(indexes, (std::vector<std::size_t>{0, 2, 3})) << "whichever side a folder is on";
  review.answer_as_proposed(indexes);
  EXPECT_EQ(review.position(), 1U) << "the pair of another folder is open";
  EXPECT_EQ(review.open(), 1U);
  EXPECT_EQ(review.answer_to(2), Answer::keep_right);
  review.answer(Answer::keep_both_for_now);
  EXPECT_EQ(review.current(), nullptr);
  EXPECT_EQ(review.decided().size(), 3U);
  EXPECT_EQ(review.take_back().size(), 1U);
  EXPECT_EQ(review.take_back().size(), 3U) << "all of them at once";
  EXPECT_EQ(review.position(), 0U);
  EXPECT_TRUE(review.decided().empty());
}

TEST(ReviewTest, AnsweredPairsAreNotAnsweredAgain) {
  Review review(two_albums());
  review.answer(Answer::keep_both_for_ever);
  review.answer(Answer::keep_left);
  EXPECT_EQ(review.of_these_folders(), (std::vector<std::size_t>{2, 3}));
}

TEST(ReviewTest, EarlierAnswersCount) {
  const Review review(three_questions(), false, 37);
  EXPECT_EQ(review.total(), 40U);
  EXPECT_EQ(review.earlier() + review.position() + 1, 38U);
}

/// The keeper of a star against each of its losers: it beats b and d, and loses to c.
TEST(ReviewTest, ACopyThatBeatsOneAndLosesToAnotherGoesLast) {
  std::vector<Question> questions;
  for (const char* loser : {"/c", "/b", "/d"}) questions.push_back(test::question("/a", loser));
  Review review(questions);
  for (const Answer answer : {Answer::keep_right, Answer::keep_left, Answer::keep_left})
    review.answer(answer);
  const auto turns = in_turns(review.decided());
  ASSERT_EQ(turns.size(), 2U);
  ASSERT_EQ(turns[0].size(), 2U);
  EXPECT_EQ(turns[0][0].drops.at(0).file.track.path, "/b");
  EXPECT_EQ(turns[1].at(0).keep.track.path, "/c");
  EXPECT_EQ(turns[1].at(0).drops.at(0).file.track.path, "/a");
  EXPECT_EQ(in_turns({}).size(), 0U);
}

TEST(ReviewTest, ACopyGoesOnce) {
  Review review({test::question("/a", "/b"), test::question("/a", "/c")});
  review.answer(Answer::keep_right);
  review.answer(Answer::keep_right);
  ASSERT_EQ(review.decided().size(), 1U);
  EXPECT_EQ(review.decided()[0].keep.track.path, "/b");
}

TEST(QuestionsTest, WhatWasHeardIsExchangedWithTheSides) {
  Plan plan;
  PlanGroup group;
  PlanDrop drop;
  drop.action = Action::review;
  drop.file.is_new = true;
  drop.heard.emplace();
  drop.heard->head_a_s = 3;
  group.drops.push_back(drop);
  plan.groups.push_back(group);
  const auto questions = questions_of(plan);
  EXPECT_EQ(questions.at(0).heard->head_b_s, 3);
  EXPECT_EQ(questions[0].drop, &plan.groups[0].drops[0]);
}

}  // namespace
}  // namespace echofold::review_questions_test
