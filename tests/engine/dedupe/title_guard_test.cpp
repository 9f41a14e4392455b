// Titles that take a pair from auto to review.
#include <gtest/gtest.h>

#include "engine/dedupe/match.h"

namespace echofold {
namespace {

bool guarded(const std::string& a, const std::string& b, const std::string& album_of_b = "") {
  TrackRecord x, y;
  x.tags.title = a;
  y.tags.title = b;
  y.tags.album = album_of_b;
  x.path = "/m/live/x (remix).mp3";  // names of files say nothing
  y.path = "/m/y.mp3";
  EXPECT_EQ(title_guard(x, y).has_value(), title_guard(y, x).has_value());
  return title_guard(x, y).has_value();
}

TEST(TitleGuard, AWordOnOneSideOnly) {
  EXPECT_TRUE(guarded("Song (Live)", "Song"));
  EXPECT_TRUE(guarded("Song", "Song [REMIX]"));
  EXPECT_TRUE(guarded("Song - Instrumental", "Song"));
  EXPECT_TRUE(guarded("Song (2009 Remaster)", "Song"));
  EXPECT_TRUE(guarded("Song (Radio Edit)", "Song (Extended)"));
  EXPECT_TRUE(guarded("Song (a cappella)", "Song"));
}

TEST(TitleGuard, SilentWhereNothingDiffers) {
  EXPECT_FALSE(guarded("Song", "Other words altogether"));
  EXPECT_FALSE(guarded("Live and Let Die", "Live And Let Die"));
  EXPECT_FALSE(guarded("Song (Remastered)", "Song - Remaster"));
  EXPECT_FALSE(guarded("Alive", "Alive!"));
  EXPECT_FALSE(guarded("Delivery", "Song"));
  EXPECT_FALSE(guarded("Song (Live)", ""));  // no title says nothing
  EXPECT_FALSE(guarded("Song (Live)", "Song", "Live at Home"));
  EXPECT_FALSE(
      guarded("\xc3\xa9"
              "dit",
              "Song"));
}

TEST(TitleGuard, OnlyEverTakesAutoDown) {
  TrackRecord a, b;
  a.tags.title = "Song (Live)";
  b.tags.title = "Song";
  const Judgement automatic{Relation::same_recording, Band::automatic, ""};
  EXPECT_EQ(with_title_guard(automatic, a, b), (Judgement{Relation::same_recording, Band::review, "title"}));
  EXPECT_EQ(with_title_guard(automatic, b, b), automatic);
  const Judgement related{Relation::edit, Band::related, "coverage"};
  EXPECT_EQ(with_title_guard(related, a, b), related);
}

}  // namespace
}  // namespace echofold
