// The page of the library: what it counts, and that no name leaves its place.
#include "engine/report/stats_page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "index/store/store.h"
#include "tests/support/temp_dir.h"

namespace echofold::report_stats_page_test {
namespace {

TrackRecord track_of(std::string path, bool lossless, std::uint32_t kbps, double minutes, std::string date) {
  TrackRecord track;
  track.path = std::move(path);
  track.stamp = {1, 1, 1'000'000, 1};
  track.properties = {lossless ? "flac" : "mp3",
                      lossless ? "flac" : "mp3",
                      lossless,
                      kbps * 1000,
                      44'100,
                      0,
                      2,
                      minutes * 60};
  track.tags.date = std::move(date);
  return track;
}

LibraryCharts charts_of(const std::vector<TrackRecord>& tracks,
                        const std::vector<std::string>& roots = {"/m"}) {
  const test::TempDir dir;
  Store store = Store::open(dir.path() / "db");
  store.write([&](Writer& writer) {
    for (const std::string& root : roots) writer.put_root({root, 0, 0});
    for (const TrackRecord& track : tracks) writer.put_track(track, {});
  });
  return library_charts(store.snapshot());
}

std::uint64_t count_in(const std::vector<Column>& columns, const std::string& name, std::size_t kind = 0) {
  for (const Column& column : columns)
    if (column.name == name) return column.counts.at(kind);
  return 0;
}

TEST(LibraryChartsTest, CountsEachFileWhereItBelongs) {
  const LibraryCharts charts = charts_of({track_of("/m/a/1.flac", true, 900, 3.5, "1999-02-03"),
                                          track_of("/m/a/2.mp3", false, 320, 75, "2001"),
                                          track_of("/m/b/3.mp3", false, 128, 0.5, "soon")});
  EXPECT_EQ(count_in(charts.bit_rates, "288\u2013320"), 1U);
  EXPECT_EQ(count_in(charts.bit_rates, "96\u2013128"), 1U);
  ASSERT_EQ(charts.years.size(), 3U);
  EXPECT_EQ(count_in(charts.years, "1999", 0), 1U);
  EXPECT_EQ(count_in(charts.years, "2001", 1), 1U);
  EXPECT_EQ(charts.without_year, 1U);
  EXPECT_EQ(count_in(charts.lengths, "3\u20134", 0), 1U);
  EXPECT_EQ(count_in(charts.lengths, "to 1", 1), 1U);
  EXPECT_EQ(count_in(charts.lengths, "over 60", 1), 1U);
  EXPECT_EQ(charts.without_bandwidth, 3U);
  ASSERT_EQ(charts.folders.size(), 2U);
  EXPECT_EQ(charts.folders[0].name, "a");
  EXPECT_EQ(charts.folders[0].lossless_bytes, 1'000'000U);
  EXPECT_EQ(charts.folders[0].lossy_bytes, 1'000'000U);
}

TEST(LibraryChartsTest, ManyYearsAreDecades) {
  const LibraryCharts charts =
      charts_of({track_of("/m/1.mp3", false, 128, 3, "1925"), track_of("/m/2.mp3", false, 128, 3, "2024")});
  EXPECT_EQ(charts.years.size(), 11U);
  EXPECT_EQ(count_in(charts.years, "1920s", 1), 1U);
  EXPECT_EQ(count_in(charts.years, "2020s", 1), 1U);
}

TEST(LibraryChartsTest, SeveralRootsAreNamed) {
  const LibraryCharts charts =
      charts_of({track_of("/m/a/1.mp3", false, 128, 3, ""), track_of("/n/1.mp3", false, 128, 3, "")},
                {"/m", "/n", "/m/a"});
  std::vector<std::string> names;
  for (const FolderSize& folder : charts.folders) names.push_back(folder.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"/m/a", "/n"}));
}

TEST(LibraryChartsTest, AFolderAroundEverythingIsPassed) {
  const LibraryCharts charts = charts_of(
      {track_of("/m/all/a/1.mp3", false, 128, 3, ""), track_of("/m/all/b/x/2.mp3", false, 128, 3, "")});
  ASSERT_EQ(charts.folders.size(), 2U);
  EXPECT_EQ(charts.folders[0].name, "all/a");
  EXPECT_EQ(charts.folders[1].name, "all/b");
}

TEST(StatsPageTest, NoNameLeavesItsPlace) {
  const std::string evil = "<script>\"'&\xff";
  LibraryStats stats;
  stats.failed = 1;
  stats.failures = {{evil, 1}};
  stats.failed_files = {{"/m/" + evil, evil}};
  stats.roots = {{{"/m/" + evil, 0, 0}, {}, {}}};
  stats.formats = {{evil, evil, false, {1, 10, 1}}};
  LibraryCharts charts;
  charts.folders = {{evil, 1, 1, 1}};
  const std::string page = stats_page(stats, charts, "/db/" + evil, 0);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find('\xff'), std::string::npos);
  EXPECT_NE(page.find("can&#39;t be read: &lt;script&gt;"), std::string::npos);
}

}  // namespace
}  // namespace echofold::report_stats_page_test
