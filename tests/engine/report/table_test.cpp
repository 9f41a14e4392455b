// Tables for people.
#include "engine/report/table.h"

#include <gtest/gtest.h>

#include "engine/act/journal/run_info.h"
#include "engine/dedupe/codec_words.h"
#include "engine/report/figures.h"
#include "engine/report/plan_table.h"
#include "engine/report/side_by_side.h"
#include "index/base/text/printable.h"
#include "tests/engine/report/lines.h"
#include "tests/engine/report/sample_plan.h"
#include "tests/support/sample_heard.h"

namespace echofold::report_table_test {
namespace {

using test::lines_of;

TEST(Table, ColourOnlyWhenAsked) {
  const Plan plan = test::sample_plan();
  EXPECT_EQ(plan_table(plan, {}).find('\x1b'), std::string::npos);
  EXPECT_NE(plan_table(plan, {true, 100}).find("\x1b[32mkeep"), std::string::npos);
}

TEST(Table, NoNameReachesTheTerminalRaw) {
  Plan plan = test::sample_plan();
  const std::string evil = "/m/\x1b]0;x\x07\n\xff";
  PlanGroup& group = plan.groups[0];
  group.keep.track.path = evil;
  group.why = "\x1b[2J";
  for (PlanDrop& drop : group.drops) {
    drop.file.track.path = evil;
    drop.file.track.tags.title = "\x1b[2J\n";
    drop.file.track.properties.codec = "\x1b[2J";
  }
  ListedPair pair;
  const TrackRecord& track = group.drops[0].file.track;
  RunInfo run;
  run.run = "\x1b[2J";
  for (const std::string& text :
       {plan_table(plan, {}), pair_table(track, track, pair, {}), history_table({run}, {}),
        side_by_side(track, group.keep.track, {0.97, 1, Relation::same_recording, "\x1b[2J"}, {})})
    for (const std::string& line : lines_of(text)) EXPECT_EQ(printable(line), line);
}

TEST(Table, HistoryCountsWhatWasRenamedForItself) {
  RunInfo run;
  run.run = "2026-11-22T17-01-22Z-1f3a";
  run.kind = "set_aside";
  run.moves_done = 4;
  run.moved.copies = run.there.copies = run.moved.renamed = run.there.renamed = 2;
  run.rewrites_done = 1;
  run.bytes = 2'100'000;
  run.finished = true;
  EXPECT_EQ(run.set_aside(), 2u);
  const auto lines = [&] { return lines_of(history_table({run}, {})); };
  EXPECT_TRUE(lines()[0].ends_with("  2 set aside, 2 renamed, 1 rewritten (2.1 MB)")) << lines()[0];
  run.moves_moved_on = 2;
  EXPECT_EQ(lines()[1], "    2 moved on by a later run; undo that run first");
}

TEST(Table, HistoryHasTheTotalsOfTheSummaryAlsoAfterUndo) {
  RunInfo run;
  run.kind = "set_aside";
  run.moves_undone = 10;
  run.moved = {.copies = 4, .partner_files = 2, .further_names = 1, .renamed = 1, .renamed_partners = 2};
  run.rewrites_undone = 3;
  run.linked = 2;
  const auto deed = [&] { return lines_of(history_table({run}, {}))[0]; };
  EXPECT_TRUE(
      deed().ends_with("  4 set aside, 1 further name, 4 partner files, 1 renamed, 2 linked, 1 rewritten"))
      << deed();
  run.kind = "organize";
  run.moved = {.renamed = 4, .renamed_partners = 2};
  EXPECT_TRUE(deed().ends_with("  6 renamed, 2 linked, 1 rewritten")) << deed();
}

TEST(Table, PairsHistoryAndScans) {
  ListedPair pair;
  pair.evidence.corrected_ber = 0.0038;
  pair.evidence.overlap_items = 1704;
  pair.judgement = {Relation::same_recording, Band::automatic, ""};
  const auto lines =
      lines_of(pair_table(test::sample_track(1, "/m/a"), test::sample_track(2, "/m/b"), pair, {}));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], " 99.62 %  auto     same recording  offset   +0.000 s  overlap    3:33");
  EXPECT_EQ(lines[1], "  /m/a");

  pair.judgement = {Relation::same_recording, Band::review, "window"};
  const auto asked =
      lines_of(pair_table(test::sample_track(1, "/m/a"), test::sample_track(2, "/m/b"), pair, {}));
  ASSERT_EQ(asked.size(), 4u);
  EXPECT_EQ(asked[1], "          one passage sounds different");

  const auto heard_lines = [&](const Heard& heard, std::string_view guard) {
    pair.heard = heard;
    pair.judgement.guard = guard;
    const auto all =
        lines_of(pair_table(test::sample_track(1, "/m/a"), test::sample_track(2, "/m/b"), pair, {}));
    return std::vector<std::string>(all.begin() + 1, all.end() - 2);
  };
  using Lines = std::vector<std::string>;
  Heard muted = test::same_sound();
  muted.bursts = {{5, 0.4, 3, BurstKind::silent_in_b, false}};
  EXPECT_EQ(
      heard_lines(test::same_sound(), "similarity"),
      (Lines{"          by their fingerprints they sound slightly different", "          the same by ear"}));
  EXPECT_EQ(heard_lines(muted, "similarity"), Lines{"          the second is silent at 0:05.0 for 0.4 s"});
  EXPECT_EQ(heard_lines(muted, "heard"), Lines{"          the second is silent at 0:05.0 for 0.4 s"});
  EXPECT_EQ(heard_lines(muted, "coverage"), (Lines{"          one is longer than the other",
                                                   "          the second is silent at 0:05.0 for 0.4 s"}));

  EXPECT_EQ(history_table({}, {}), "No runs yet.\n");
  RunInfo run;
  run.run = "2026-11-22T17-01-22Z-1f3a";
  run.moves_done = run.moved.copies = 3;
  run.finished = true;
  run.bytes = 2'100'000;
  run.places = {"/m/.echofold-duplicates/2026-11-22T17-01-22Z-1f3a"};
  std::vector<std::string> told = lines_of(history_table({run}, {}));
  ASSERT_EQ(told.size(), 3u);
  EXPECT_TRUE(told[0].ends_with("  3 set aside (2.1 MB)")) << told[0];
  EXPECT_EQ(told[1], "    can be undone");
  EXPECT_EQ(told[2], "    in /m/.echofold-duplicates/2026-11-22T17-01-22Z-1f3a");
  const auto state = [&] { return lines_of(history_table({run}, {}))[1]; };
  run.moves_gone = 1;
  EXPECT_EQ(state(), "    1 gone; the rest can be undone");
  run.moves_gone = 3;
  EXPECT_EQ(state(), "    3 gone; can't be undone");
  run.moves_gone = 0;
  run.moves_purged = 2;
  EXPECT_EQ(state(), "    2 purged; the rest can be undone");
  run.moves_done = 0;
  run.purged_at_s = 1'800'000'000;
  EXPECT_NE(state().find("purged 2027-01-1"), std::string::npos) << state();
  EXPECT_TRUE(state().ends_with(", can't be undone"));
  run.moves_purged = 0;
  run.moves_undone = 3;
  EXPECT_EQ(state(), "    taken back");
  run.kind = "tag";
  run.rewrites_done = 4;
  EXPECT_EQ(state(), "    3 taken back; the rest can be undone");
  run.finished = false;
  EXPECT_TRUE(state().starts_with("    stopped early; "));
  run.moves_open = 1;
  EXPECT_NE(state().find("interrupted"), std::string::npos);

  ScanSummary summary;
  EXPECT_EQ(scan_summary_text(summary), "no music files\n");
  summary.fingerprinted = 12;
  summary.failed = 1;
  summary.audio_seconds = 3723;
  EXPECT_EQ(scan_summary_text(summary), "12 fingerprinted, 1 failed; 1:02:03 of audio read\n");
}

TEST(Figures, ReadWell) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(999), "999 B");
  EXPECT_EQ(size_text(999'960), "1.0 MB");
  EXPECT_EQ(size_text(28'345'678), "28.3 MB");
  EXPECT_EQ(clock_time(59.6), "1:00");
  EXPECT_EQ(clock_time(0), "-");
  EXPECT_EQ(offset_text(-0.0001), "+0.000 s");
  EXPECT_EQ(offset_text(-1.3), "-1.300 s");
  EXPECT_EQ(percent(0.97996), "97.99 %");
  EXPECT_EQ(percent(1), "100.00 %");
  AudioProperties pcm;
  pcm.codec = "pcm_s16le";
  EXPECT_EQ(codec_text(pcm), "PCM");
  pcm.container = "wav";
  EXPECT_EQ(codec_text(pcm), "WAV");
  EXPECT_EQ(codec_family(pcm), "PCM");
  EXPECT_EQ(container_text("mov,mp4,m4a,3gp,3g2,mj2"), "MP4");
  EXPECT_EQ(format_line(TrackRecord{}), "");
}

}  // namespace
}  // namespace echofold::report_table_test
