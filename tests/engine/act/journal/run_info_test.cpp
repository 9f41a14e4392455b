// The figures of a run count files, by what they are, before and after undo.
#include "engine/act/journal/run_info.h"

#include <gtest/gtest.h>

namespace echofold::journal_run_info_test {
namespace {

MoveStep move(std::string from, std::string to, StepState state = StepState::done) {
  MoveStep step;
  step.state = state;
  step.move.from = std::move(from);
  step.move.to = std::move(to);
  step.move.stamp.size_bytes = 100;
  return step;
}

MoveStep renamed(std::string from, std::string to, StepState state = StepState::done) {
  MoveStep step = move(std::move(from), std::move(to), state);
  step.move.purpose = MovePurpose::rename;
  return step;
}

RunInfo counted(const Steps& steps, std::string kind = "set_aside") {
  RunInfo info;
  info.kind = std::move(kind);
  count_steps(steps, info);
  return info;
}

void take_back(Steps& steps) {
  for (Step& step : steps)
    if (outcome(step).state == StepState::done) outcome(step).state = StepState::undone;
}

TEST(RunInfo, CopiesPartnerFilesAndFurtherNamesAreCountedApart) {
  MoveStep partner = move("/m/song.lrc", "/aside/song.lrc");
  MoveStep name = move("/m/again.mp3", "/aside/again.mp3");
  partner.move.goes_with = name.move.goes_with = name.move.link_of = "/m/song.mp3";
  Steps steps{partner, name, move("/m/song.mp3", "/aside/song.mp3"),
              move("/m/b", "/aside/b", StepState::skipped)};

  const RunInfo info = counted(steps);
  EXPECT_EQ(info.set_aside(), 1U);
  EXPECT_EQ(info.there.partner_files, 1U);
  EXPECT_EQ(info.there.further_names, 1U);
  EXPECT_EQ(info.along(), 2U);
  EXPECT_EQ(info.bytes, 200U) << "two names of one file have its size once";
  EXPECT_EQ(info.moves_skipped, 1U);

  take_back(steps);
  const RunInfo back = counted(steps);
  EXPECT_EQ(back.set_aside() + back.along() + back.bytes, 0U);
  EXPECT_EQ(back.moved.copies, 1U);
  EXPECT_EQ(back.moved.partner_files, 1U);
  EXPECT_EQ(back.moved.further_names, 1U);
}

TEST(RunInfo, AFileThatWentByWayOfAnotherNameCountsOnce) {
  MoveStep partner = renamed("/m/a.lrc", "/m/b.lrc");
  partner.move.goes_with = "/m/a";
  Steps steps{renamed("/m/a", "/m/.between"), renamed("/m/b", "/m/a"), partner,
              renamed("/m/.between", "/m/b")};

  const RunInfo info = counted(steps, "organize");
  EXPECT_EQ(info.moves_done, 4U);
  EXPECT_EQ(info.moved.renamed, 2U);
  EXPECT_EQ(info.moved.renamed_partners, 1U);
  EXPECT_EQ(info.set_aside(), 3U);

  take_back(steps);
  EXPECT_EQ(counted(steps, "organize").moved.all_renamed(), 3U);
  EXPECT_EQ(counted(steps, "organize").set_aside(), 0U);
}

TEST(RunInfo, LinksAreCountedApartFromOtherRewrites) {
  RewriteStep link, tags, skipped;
  link.rewrite.kind = skipped.rewrite.kind = RewriteKind::hard_link;
  link.state = tags.state = StepState::done;
  skipped.state = StepState::skipped;
  const RunInfo info = counted({link, tags, skipped});
  EXPECT_EQ(info.rewrites_done, 2U);
  EXPECT_EQ(info.linked, 1U);
}

}  // namespace
}  // namespace echofold::journal_run_info_test
