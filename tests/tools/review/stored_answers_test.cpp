// What answers mean for the library.
#include "tools/review/stored_answers.h"

#include <gtest/gtest.h>

namespace echofold::review_stored_answers_test {
namespace {

TrackRecord track_with(std::uint64_t hash) {
  TrackRecord track;
  track.items_hash = {hash, 1};
  return track;
}

TEST(StoredAnswers, KeepASideOrBoth) {
  const TrackRecord left = track_with(1), right = track_with(2);
  const auto stored = [&](Answer answer) { return stored_answer(left, right, answer, 77); };
  EXPECT_EQ(stored(Answer::keep_left), (StoredAnswer{{1, 1}, {2, 1}, Verdict::keep_a, 77}));
  EXPECT_EQ(stored(Answer::keep_right)->verdict, Verdict::keep_b);
  EXPECT_EQ(stored(Answer::keep_both_for_ever)->verdict, Verdict::keep_both);
  EXPECT_FALSE(stored(Answer::keep_both_for_now));
}

TEST(StoredAnswers, TakingBackGivesWhatWasThereBeforeTheFirst) {
  const TrackRecord left = track_with(1), right = track_with(2);
  AnswersBefore before;
  EXPECT_FALSE(before.take(left, right));
  before.note({{1, 1}, {2, 1}, Verdict::keep_both, 5});
  before.note({{1, 1}, {2, 1}, Verdict::keep_a, 6});
  const auto taken = before.take(left, right);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->verdict, Verdict::keep_both);
  EXPECT_EQ(taken->said_at_s, 5);
  EXPECT_FALSE(before.take(left, right));
  EXPECT_FALSE(before.take(right, left));
}

}  // namespace
}  // namespace echofold::review_stored_answers_test
