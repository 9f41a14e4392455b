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
  EXPECT_EQ(review.take_back(), Answer::keep_both_for_now);
  EXPECT_EQ(review.current()->left.track.path, "/b.flac");
  EXPECT_EQ(review.take_back(), Answer::keep_left);
  EXPECT_EQ(review.take_back(), std::nullopt);
  EXPECT_TRUE(review.decided().empty());
}

}  // namespace
}  // namespace echofold::review_questions_test
