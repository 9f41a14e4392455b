// The table of a plan.
#include "engine/report/plan_table.h"

#include <gtest/gtest.h>

#include "index/base/text/printable.h"
#include "tests/engine/report/lines.h"
#include "tests/engine/report/sample_plan.h"

namespace echofold::report_plan_table_test {
namespace {

using test::lines_of;

TEST(PlanTable, AGroupIsABlock) {
  const auto lines = lines_of(group_table(test::sample_plan().groups[0], "/m/", {}));
  const std::vector<std::string> wanted = {
      "   1. keep    a.flac",
      "              FLAC 16 bit 44.1 kHz stereo, 4:12, 10.1 MB (lossless)",
      "      move    b.mp3",
      "              97.99 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (lossy)",
      "      review  c.mp3",
      "              97.99 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (stays)",
      "      stay    /safe/d.mp3",
      "              97.99 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (stays)",
      "      edit    e.mp3",
      "              97.99 %  MP3 320 kb/s 44.1 kHz stereo, 4:12, 10.1 MB (stays)"};
  EXPECT_EQ(lines, wanted);
}

TEST(PlanTable, ACopyOfTheVerySameSamplesIsNamedAsSuch) {
  Plan plan = test::sample_plan();
  plan.groups[0].drops[0].exact = true;
  const auto lines = lines_of(group_table(plan.groups[0], "", {}));
  EXPECT_TRUE(lines[3].starts_with("              97.99 %, same audio  MP3")) << lines[3];
}

TEST(PlanTable, TheFullSongBesideItsEditIsNotCalledAnEdit) {
  Plan plan = test::sample_plan();
  PlanDrop& drop = plan.groups[0].drops[3];
  drop.file.track.properties.duration_s = plan.groups[0].keep.track.properties.duration_s + 60;
  EXPECT_EQ(lines_of(group_table(plan.groups[0], "/m/", {}))[8], "      longer  e.mp3");
}

TEST(PlanTable, TheFolderIsNamedOnceAndTheTotalsComeLast) {
  Plan plan = test::sample_plan();
  plan.groups[0].drops.erase(plan.groups[0].drops.begin() + 2);  // the one outside
  const std::string text = plan_table(plan, {});
  EXPECT_TRUE(text.starts_with("In /m:\n\n   1. keep    a.flac\n")) << text;
  EXPECT_TRUE(
      text.ends_with("\n1 group: 1 file to move, 10.1 MB to free, 1 pair to review (2 only related).\n"))
      << text;
  EXPECT_EQ(text.find("/m/"), std::string::npos) << text;
  EXPECT_LT(text.find("a.flac"), text.find("Related, never acted on:"));
  EXPECT_LT(text.find("Related, never acted on:"), text.find("f.flac"));
  EXPECT_EQ(plan_table({}, {}), "No duplicates to set aside.\n");
}

TEST(PlanTable, FilesWithoutACommonFolderHaveTheirWholePaths) {
  const std::string text = plan_table(test::sample_plan(), {});
  EXPECT_TRUE(text.starts_with("   1. keep    /m/a.flac\n")) << text;
  EXPECT_NE(text.find("/safe/d.mp3"), std::string::npos);
  EXPECT_NE(text.find("(1 copy stays, 2 only related)"), std::string::npos) << text;
  EXPECT_EQ(totals_of(test::sample_plan()).bytes_to_free, 10'100'000u);
}

TEST(PlanTable, FitsItsColumnsAndKeepsTheFileName) {
  Plan plan = test::sample_plan();
  PlanGroup& group = plan.groups[0];
  group.keep.track.path = "/m/" + std::string(90, 'k') + "/01 name.flac";
  group.why = "a reason that takes some room; and another one; and at the end a third";
  group.drops[0].file.track.path = "/m/\xe6\x97\xa5\xe6\x9c\xac" + std::string(200, 'r') + "-end.mp3";
  group.drops[0].why = "lossy; to review: " + std::string(20, 'w') + ' ' + std::string(30, 'x') + " and more";
  for (const std::size_t columns : {60u, 80u, 120u}) {
    const std::string text = plan_table(plan, {.columns = columns});
    for (const std::string& line : lines_of(text)) EXPECT_LE(columns_of(line), columns) << line;
    EXPECT_NE(text.find("…"), std::string::npos);
    EXPECT_NE(text.find("/01 name.flac\n"), std::string::npos) << text;
    EXPECT_NE(text.find("-end.mp3\n"), std::string::npos) << text;
  }
}

TEST(PlanTable, AFileOrAPipeGetsWholeLines) {
  Plan plan = test::sample_plan();
  const std::string path = "/m/" + std::string(300, 'k') + ".flac";
  plan.groups[0].keep.track.path = path;
  plan.groups[0].why =
      "one reason; and another one; and a third one, so that it can't stand in eighty columns";
  const auto lines = lines_of(plan_table(plan, {.columns = 80, .whole_lines = true}));
  EXPECT_EQ(lines[0], "   1. keep    " + path);
  EXPECT_TRUE(lines[1].ends_with("eighty columns)")) << lines[1];
}

/// A group with one copy that stays because undo brought it back, and a related track.
PlanGroup taken_back(std::uint32_t number) {
  PlanGroup group;
  group.number = number;
  group.keep.track = test::sample_track(8, "/elsewhere/h.flac", true);
  group.drops = {
      test::sample_drop(9, "/elsewhere/i.mp3", Relation::same_recording, Band::automatic, Action::none),
      test::sample_drop(10, "/elsewhere/j.mp3", Relation::edit, Band::related, Action::none)};
  group.drops[0].kept = true;
  return group;
}

TEST(PlanTable, WhatWasTakenBackIsALineAndNoGroup) {
  Plan plan = test::sample_plan();
  plan.groups[0].drops.erase(plan.groups[0].drops.begin() + 2);  // the one outside
  plan.groups.push_back(taken_back(3));
  const std::string text = plan_table(plan, {});
  EXPECT_EQ(text.find("h.flac"), std::string::npos) << text;
  EXPECT_TRUE(text.starts_with("In /m:\n")) << "what is not shown has no say: " << text;
  EXPECT_TRUE(
      text.ends_with("\n1 group: 1 file to move, 10.1 MB to free, 1 pair to review (2 only related).\n"
                     "1 copy stays: you took it back (`--again` plans it).\n"))
      << text;
  PlanTotals totals;
  totals.taken_back = 24;
  EXPECT_EQ(totals_text(totals),
            "No duplicates to set aside.\n24 copies stay: you took them back (`--again` plans them).\n");

  plan.groups[2].drops[1].relation = Relation::same_recording;
  EXPECT_NE(plan_table(plan, {}).find("h.flac"), std::string::npos)
      << "another copy stays for another reason";
}

TEST(PlanTable, TheNextStepIsWhatThereIsToDo) {
  PlanTotals totals;
  EXPECT_EQ(next_step_text(totals, "--apply"), "");
  totals.to_review = 1;
  EXPECT_EQ(next_step_text(totals, "--apply"), "`echofold review` asks about it.");
  totals.to_review = 2;
  EXPECT_EQ(next_step_text(totals, "--apply"), "`echofold review` asks about them.");
  totals.to_move = 1;
  EXPECT_EQ(next_step_text(totals, "--apply"),
            "Nothing was moved: `--apply` moves what is certain and asks about the rest (on a terminal).");
  totals.to_review = 0;
  EXPECT_EQ(next_step_text(totals, "--apply"), "Nothing was moved: `--apply` does it.");
}

TEST(PlanTable, WhatThereIsNoneOfIsNotMentioned) {
  PlanTotals totals;
  totals.groups = 2;
  totals.to_review = 3;
  EXPECT_EQ(totals_text(totals), "2 groups: 3 pairs to review.\n");
  totals.to_review = 0;
  totals.to_move = 1;
  totals.bytes_to_free = 1000;
  EXPECT_EQ(totals_text(totals), "2 groups: 1 file to move, 1.0 kB to free.\n");
}

}  // namespace
}  // namespace echofold::report_plan_table_test
