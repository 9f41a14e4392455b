// The report of tune: file names can't break the page, and strips show their windows.
#include "engine/report/tune_page.h"

#include <gtest/gtest.h>

#include "engine/report/html.h"
#include "engine/report/label_rows.h"
#include "engine/report/tune_charts.h"
#include "engine/tune/labels.h"

namespace echofold::report_tune_page_test {
namespace {

TEST(Html, NoNameLeavesItsPlace) {
  EXPECT_EQ(html_text("<b a='1'>&\"\n\xff"), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;\\x0a\\xff");
}

TEST(StripChart, RunsOfOneKindAreOneRectangle) {
  Evidence evidence;
  evidence.strip = {0, 0, 0, 254, strip_unknown, 0};
  const std::string chart = strip_chart(evidence, {});
  EXPECT_NE(chart.find("viewBox=\"0 0 6 1\""), std::string::npos);
  EXPECT_NE(chart.find("<rect class=\"clean\" x=\"0\" y=\"0\" width=\"3\""), std::string::npos);
  EXPECT_NE(chart.find("<rect class=\"foreign\" x=\"3\" y=\"0\" width=\"1\""), std::string::npos);
  EXPECT_NE(chart.find("<rect class=\"unknown\" x=\"4\""), std::string::npos);
  EXPECT_NE(chart.find("<rect class=\"clean\" x=\"5\""), std::string::npos);
}

TEST(TunePage, ShowsAMissWithItsPathsEscaped) {
  LoadedTracks tracks;
  for (const char* path : {"/m/<script>.mp3", "/m/a&b.flac"}) tracks.tracks.push_back({path, {}, {}});
  TuneResult result;
  MeasuredPair pair;
  pair.a = 0;
  pair.b = 1;
  pair.treatment = "<i>";
  result.measured.pairs = {pair};
  result.automatic = sweep_auto(result.measured, {});
  result.review = sweep_review(result.measured, {});
  const std::string page = tune_page(result, tracks, "labels <of> mine.csv");
  EXPECT_TRUE(page.starts_with(tune_page_begin));
  EXPECT_NE(page.find("/m/&lt;script&gt;.mp3"), std::string::npos);
  EXPECT_NE(page.find("/m/a&amp;b.flac"), std::string::npos);
  EXPECT_NE(page.find("(&lt;i&gt;)"), std::string::npos);
  EXPECT_NE(page.find("labels &lt;of&gt; mine.csv"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(LabelRows, AreTakenAsTheyAre) {
  const VerdictLabel label{{"/m/odd, \"name\"\n\xff", "/m/b", Label::different, "verdict"},
                           Verdict::keep_both};
  const auto from_csv = parse_labels(label_csv_header() + label_to_csv(label), "L", "/");
  const auto from_line = parse_labels(label_to_line(label) + "\n", "L", "/");
  ASSERT_EQ(from_csv.size(), 1u);
  EXPECT_EQ(from_csv[0], label.pair);
  EXPECT_EQ(from_line, from_csv);
}

}  // namespace
}  // namespace echofold::report_tune_page_test
