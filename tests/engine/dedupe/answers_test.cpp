// Answers: listed with their files, found by what they set aside, forgotten; and what undo brought back.
#include "engine/dedupe/answers.h"

#include <gtest/gtest.h>

#include "engine/dedupe/kept.h"
#include "engine/dedupe/plan.h"
#include "tests/engine/dedupe/small_library.h"

namespace echofold::dedupe_answers_test {
namespace {

using namespace test;

/// A lossless copy and an MP3 of each of three recordings.
struct AnswersTest : testing::Test {
  AnswersTest() {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const std::string name = "/m/" + std::to_string(seed);
      flac.push_back(library.add(lossless(name + ".flac"), music(seed)));
      lossy.push_back(library.add(mp3(name + ".mp3"), copy_of(seed)));
    }
    library.update();
  }

  void say(TrackId a, TrackId b, Verdict verdict, std::int64_t at_s) {
    const TrackRecord x = *store().snapshot().track(a), y = *store().snapshot().track(b);
    store().write([&](Writer& writer) { writer.put_verdict(x.items_hash, y.items_hash, verdict, at_s); });
  }
  void keep(TrackId track) {
    store().write([&](Writer& writer) { mark_kept(writer, track); });
  }
  Store& store() { return library.store(); }

  /// The drop of this track; the plan must have it.
  PlanDrop drop_of(TrackId track, const PlanSettings& settings = {}) {
    for (const PlanGroup& group : make_plan(store().snapshot(), "id", settings).groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.file.track.id == track) return drop;
    return {};
  }

  SmallLibrary library;
  std::vector<TrackId> flac, lossy;
};

TEST_F(AnswersTest, TheLatestComesFirstWithItsTimeAndPaths) {
  say(flac[0], lossy[0], Verdict::keep_both, 100);
  say(flac[1], lossy[1], Verdict::keep_a, 200);
  say(lossy[2], flac[2], Verdict::keep_a, 0);
  library.add(lossless("/m/again.flac"), music(1));
  const auto answers = given_answers(store().snapshot());
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0].said_at_s, 200);
  EXPECT_EQ(answers[1].said_at_s, 100);
  EXPECT_EQ(answers[2].said_at_s, 0);
  const GivenAnswer& both = answers[1];
  const auto& of_flac = both.paths_a.size() == 2 ? both.paths_a : both.paths_b;
  EXPECT_EQ(of_flac, (std::vector<std::string>{"/m/1.flac", "/m/again.flac"}));
  const GivenAnswer& last = answers[2];
  const bool a_stays = last.verdict == Verdict::keep_a;
  EXPECT_EQ((a_stays ? last.paths_a : last.paths_b).front(), "/m/3.mp3");
}

// A verdict on two equal fingerprints does not say which file is which, but their places do.
TEST_F(AnswersTest, OfTwoFilesWithOneFingerprintTheOneThatWentIsNamed) {
  const TrackId other = library.add(lossless("/m/another.flac"), music(1));
  for (const Verdict verdict : {Verdict::keep_a, Verdict::keep_b})
    for (const TrackId went : {flac[0], other}) {
      say(flac[0], other, verdict, 100);
      keep(went);  // it was set aside, and undo brought it back
      const auto answers = given_answers(store().snapshot());
      ASSERT_EQ(answers.size(), 1u);
      const bool a_stays = verdict == Verdict::keep_a;
      const auto& goes = a_stays ? answers[0].paths_b : answers[0].paths_a;
      EXPECT_EQ(goes, std::vector<std::string>{went == other ? "/m/another.flac" : "/m/1.flac"});
      store().write([&](Writer& writer) { unmark_kept(writer, went); });
    }
}

TEST_F(AnswersTest, AnAnswerIsForgottenInEitherOrder) {
  say(flac[0], lossy[0], Verdict::keep_both, 100);
  const auto track = [&](TrackId id) { return *store().snapshot().track(id); };
  EXPECT_TRUE(answer_of(store().snapshot(), track(flac[1]), track(lossy[1])).empty());
  const auto answer = answer_of(store().snapshot(), track(lossy[0]), track(flac[0]));
  ASSERT_EQ(answer.size(), 1u);
  forget(store(), answer);
  EXPECT_TRUE(given_answers(store().snapshot()).empty());
  EXPECT_EQ(drop_of(lossy[0]).action, Action::move);
}

TEST_F(AnswersTest, WhatSentAFileAway) {
  say(flac[0], lossy[0], Verdict::keep_a, 1);
  say(flac[1], lossy[1], Verdict::keep_b, 1);
  say(flac[2], lossy[2], Verdict::keep_both, 1);
  EXPECT_EQ(answers_against(store().snapshot(), std::vector{lossy[0]}).size(), 1u);
  EXPECT_EQ(answers_against(store().snapshot(), std::vector{flac[0]}).size(), 0u) << "it stayed";
  EXPECT_EQ(answers_against(store().snapshot(), std::vector{flac[1], lossy[0], lossy[2]}).size(), 2u);
}

TEST_F(AnswersTest, RedoAsksAgainAndSaysWhatWasSaid) {
  say(flac[0], lossy[0], Verdict::keep_both, 1);
  say(lossy[1], flac[1], Verdict::keep_a, 1);
  EXPECT_EQ(drop_of(lossy[0]).file.track.id, 0u) << "both stay: no pair";
  EXPECT_EQ(drop_of(flac[1]).action, Action::move);
  PlanSettings redo;
  redo.redo = true;
  EXPECT_EQ(drop_of(lossy[0], redo).action, Action::review);
  EXPECT_TRUE(drop_of(lossy[0], redo).why.ends_with("; to review: before, you kept both"))
      << drop_of(lossy[0], redo).why;
  const std::string why = drop_of(lossy[1], redo).why;
  EXPECT_TRUE(why.ends_with("before, you kept 2.mp3")) << why;
  EXPECT_EQ(drop_of(lossy[1], redo).action, Action::review) << "as ranked, not as answered";
  EXPECT_EQ(drop_of(lossy[2], redo).action, Action::move) << "it was never asked about";
}

TEST_F(AnswersTest, WhatUndoBroughtBackStaysUntilAgain) {
  keep(lossy[0]);
  const PlanDrop drop = drop_of(lossy[0]);
  EXPECT_EQ(drop.action, Action::none);
  EXPECT_TRUE(drop.kept);
  EXPECT_NE(drop.why.find("you took it back"), std::string::npos) << drop.why;
  EXPECT_EQ(drop_of(lossy[1]).action, Action::move);
  PlanSettings again;
  again.again = true;
  EXPECT_EQ(drop_of(lossy[0], again).action, Action::move);
  EXPECT_FALSE(drop_of(lossy[0], again).kept);
}

TEST_F(AnswersTest, ItStaysUnderAnotherNameAndWithOtherTagsAndForABetterKeeper) {
  keep(lossy[0]);
  library.change(lossy[0], [](TrackRecord& track) {
    track.path = "/elsewhere/x.mp3";
    track.tags.title = "Another";
    ++track.stamp.mtime_ns;
  });
  EXPECT_TRUE(drop_of(lossy[0]).kept);
  TrackRecord better = lossless("/m/better.flac");
  better.properties.bits_per_sample = 24;
  library.add(better, copy_of(1, 2));
  library.update();
  EXPECT_TRUE(drop_of(lossy[0]).kept);
  EXPECT_NE(drop_of(flac[0]).action, Action::none) << "its keeper was not taken back";
}

TEST_F(AnswersTest, ItStaysAlthoughAnAnswerSentItAway) {
  say(flac[0], lossy[0], Verdict::keep_a, 1);
  EXPECT_TRUE(drop_of(lossy[0]).chosen);
  keep(lossy[0]);
  EXPECT_EQ(drop_of(lossy[0]).action, Action::none);
  PlanSettings redo;
  redo.redo = true;
  EXPECT_EQ(drop_of(lossy[0], redo).action, Action::review) << "a question moves nothing by itself";
  store().write([&](Writer& writer) { unmark_kept(writer, lossy[0]); });
  EXPECT_EQ(drop_of(lossy[0]).action, Action::move);
}

}  // namespace
}  // namespace echofold::dedupe_answers_test
