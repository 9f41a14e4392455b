// The page of a plan: what it counts, that no name leaves its place, and what the filters know.
#include "engine/report/plan_page.h"

#include <gtest/gtest.h>

#include <sstream>

#include "engine/report/bar_table.h"
#include "engine/report/column_chart.h"
#include "engine/report/error_chart.h"
#include "engine/report/plan_shares.h"
#include "tests/engine/report/sample_plan.h"

namespace echofold::report_plan_page_test {
namespace {

std::string page_of(const Plan& plan, const PlanPageSource& source = {}) {
  std::ostringstream out;
  write_plan_page(out, plan, source);
  return out.str();
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(PlanPageTest, HasEachGroupAndItsDrops) {
  const std::string page = page_of(test::sample_plan());
  EXPECT_EQ(count(page, "<section class=\"g\""), 2U);
  EXPECT_EQ(count(page, "data-a=\"m\""), 1U);
  EXPECT_EQ(count(page, "data-a=\"r\""), 1U);
  EXPECT_EQ(count(page, "data-a=\"s\""), 3U);
  EXPECT_NE(page.find("Artist \u2013 Title"), std::string::npos);
  EXPECT_LT(page.find("data-n=\"1\""), page.find("data-n=\"2\"")) << "what frees space comes first";
}

TEST(PlanPageTest, NoNameLeavesItsPlace) {
  Plan plan = test::sample_plan();
  PlanGroup& group = plan.groups[0];
  const std::string evil = "</script><script>alert('1')</script>\"><img src=x onerror=y>\n\xff";
  group.keep.track.path = "/m/" + evil;
  group.keep.track.tags.title = evil;
  group.why = evil;
  group.drops[0].file.track.path = "/m/" + evil + "/" + evil;
  group.drops[0].file.track.properties.codec = evil;
  group.drops[0].why = evil;
  const std::string page = page_of(plan, {"/db/" + evil, 0, {}, evil});
  EXPECT_EQ(count(page, "<script>"), 1U);
  EXPECT_EQ(count(page, "</script>"), 1U);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_NE(page.find("&lt;/script&gt;"), std::string::npos);
  EXPECT_EQ(page.find('\xff'), std::string::npos);
}

TEST(PlanPageTest, NothingIsLoadedFromAnywhere) {
  const std::string page = page_of(test::sample_plan());
  for (const char* what : {"http://", "https://", "<link", "<img", "src=", "@import", "url(h", "url(/"})
    EXPECT_EQ(page.find(what), std::string::npos) << what;
  EXPECT_NE(page.find("default-src &#39;none&#39;"), std::string::npos);
}

TEST(PlanPageTest, GroupsThatWereTakenBackAreLeftOut) {
  Plan plan = test::sample_plan();
  for (PlanDrop& drop : plan.groups[1].drops) drop.kept = true;
  EXPECT_EQ(count(page_of(plan), "<section class=\"g\""), 1U);
  EXPECT_EQ(count(page_of({}), "<section"), 0U);
}

TEST(PlanPageTest, ReportsItsProgress) {
  std::ostringstream out;
  std::uint64_t last = 0;
  write_plan_page(out, test::sample_plan(), {},
                  [&](std::string_view stage, std::uint64_t done, std::uint64_t all) {
                    EXPECT_EQ(stage, "strips");
                    EXPECT_EQ(done, ++last);
                    EXPECT_EQ(all, 2U);
                  });
  EXPECT_EQ(last, 2U);
}

TEST(PlanSharesTest, DividesTheSpace) {
  const Plan plan = test::sample_plan();
  const PlanDivision formats(plan, [](const PlanDrop& drop) { return drop.file.track.properties.codec; });
  ASSERT_EQ(formats.shares().size(), 1U);
  EXPECT_EQ(formats.shares()[0].files_to_move, 1U);
  EXPECT_EQ(formats.shares()[0].files_to_review, 1U);
  EXPECT_EQ(formats.shares()[0].bytes(), 2 * 10'100'000U);
  const PlanDivision names(plan, [](const PlanDrop& drop) { return drop.file.track.path; });
  EXPECT_EQ(names.index_of("/m/c.mp3"), 1U) << "equal sizes: by name";
  EXPECT_EQ(names.index_of("/m/nothing"), 2U);
}

TEST(PlanSharesTest, FoldersAreAsDeepAsThereIsRoom) {
  Plan plan;
  for (const char* path : {"/m/a/x/1.mp3", "/m/a/y/1.mp3", "/m/b/x/1.mp3"}) {
    PlanGroup group;
    group.keep.track.path = "/m/keep.flac";
    group.drops.push_back(
        test::sample_drop(1, path, Relation::same_recording, Band::automatic, Action::move));
    plan.groups.push_back(group);
  }
  EXPECT_EQ(FolderNames(plan, 3).of("/m/a/x/1.mp3"), "a/x");
  EXPECT_EQ(FolderNames(plan, 2).of("/m/a/x/1.mp3"), "a");
  EXPECT_EQ(FolderNames(plan, 3).of("/m/1.mp3"), ".");
  EXPECT_EQ(FolderNames(plan, 3).of("/other/z/1.mp3"), "/other/z");
}

TEST(ErrorChartTest, DrawsRunsGapsAndSpans) {
  ErrorStrip strip{0, 100, {ErrorStrip::not_compared, 0, 0, 0.5, 0.5, ErrorStrip::not_compared, 0, 0, 0, 0}};
  Heard heard;
  heard.bursts = {{30, 10, 2.0, BurstKind::other, false}, {90, 1, 0.5, BurstKind::other, false}};
  const std::string chart = error_chart(strip, heard);
  EXPECT_NE(chart.find("M1 13V12H3V3H5V13zM6 13V12H10V13z"), std::string::npos) << chart;
  EXPECT_EQ(count(chart, "class=\"heard\""), 1U) << "what a codec does is not marked";
  EXPECT_NE(chart.find("M3.0 0h1.2v13h-1.2z"), std::string::npos) << chart;
  EXPECT_NE(chart.find("at most 50 % at 0:30"), std::string::npos) << chart;
  EXPECT_EQ(error_chart({}, heard), "");
}

TEST(BarTableTest, EscapesAndScales) {
  const std::string text = bar_table({"Things", {"thing", "files"}, {"move", "review"}, "f"},
                                     {{"<b>", {"3"}, {2, 2}, "0"}, {"plain", {"1"}, {1, 0}, ""}});
  EXPECT_NE(text.find("data-facet=\"f\" data-value=\"0\">&lt;b&gt;</button>"), std::string::npos) << text;
  EXPECT_NE(text.find("<th scope=\"row\" class=\"name\">plain</th>"), std::string::npos);
  EXPECT_NE(text.find("x=\"50.00\" y=\"0.00\" width=\"50.00\""), std::string::npos) << "two halves";
  EXPECT_NE(bar_table({"Things", {"thing"}, {"move"}}, {}).find("Nothing."), std::string::npos);
}

TEST(ColumnChartTest, HasItsFiguresAsATable) {
  const std::string text = column_chart({"Years", "year", {"move", "review"}, {"lossless", "lossy"}},
                                        {{"1999", {1, 2}}, {"2000", {0, 0}}});
  EXPECT_NE(text.find("<th scope=\"row\">1999</th><td class=\"number\">1</td><td class=\"number\">2</td>"),
            std::string::npos);
  EXPECT_EQ(count(text, "<rect"), 2U);
  EXPECT_NE(column_chart({"Years", "year", {"move"}, {"files"}}, {}).find("Nothing."), std::string::npos);
}

}  // namespace
}  // namespace echofold::report_plan_page_test
