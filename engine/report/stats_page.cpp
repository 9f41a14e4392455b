// See stats_page.h.
#include "engine/report/stats_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/bar_table.h"
#include "engine/report/figures.h"
#include "engine/report/html.h"
#include "engine/report/page.h"

namespace echofold {
namespace {

constexpr std::size_t most_bars = 16, most_failed_files = 500;

std::string hours_text(double seconds) { return fmt::format("{:.1f} h", seconds / 3600); }

std::string share_text(double part, double whole) {
  return whole > 0 ? fmt::format("{:.0f} %", 100 * part / whole) : "-";
}

std::string cards(const LibraryStats& stats) {
  const double lossless = static_cast<double>(stats.lossless.tracks);
  return "<div class=\"cards\">\n" +
         card("tracks", std::to_string(stats.present.tracks), hours_text(stats.present.seconds)) +
         card("space", size_text(stats.present.bytes), size_text(stats.lossless.bytes) + " of it lossless") +
         card("lossless", share_text(lossless, static_cast<double>(stats.present.tracks)), "of the tracks") +
         card("copies", size_text(stats.plan.bytes_to_free),
              fmt::format("to free; {} more in {} to review", size_text(stats.bytes_to_review),
                          count_text(stats.plan.to_review, "pair", "pairs"))) +
         "</div>\n";
}

std::string formats_table(const LibraryStats& stats) {
  std::vector<Bar> bars;
  for (const FormatSum& format : stats.formats) {
    const std::string container = container_text(format.container);
    const std::string codec = format.codec == "PCM" ? container : format.codec;
    const double bytes = static_cast<double>(format.sum.bytes);
    bars.push_back({codec == container ? codec : fmt::format("{} in {}", codec, container),
                    {std::to_string(format.sum.tracks), size_text(format.sum.bytes)},
                    {format.lossless ? bytes : 0, format.lossless ? 0 : bytes}});
  }
  return bar_table({"Formats", {"format", "tracks", "space"}, {"move", "review"}}, bars);
}

std::string folders_table(const LibraryCharts& charts) {
  std::vector<Bar> bars;
  const bool has_rest = charts.folders.size() > most_bars;
  FolderSize rest;
  const auto bar_of = [](const std::string& name, const FolderSize& folder) {
    return Bar{name,
               {std::to_string(folder.files), size_text(folder.bytes())},
               {static_cast<double>(folder.lossless_bytes), static_cast<double>(folder.lossy_bytes)}};
  };
  for (std::size_t i = 0; i < charts.folders.size(); ++i) {
    const FolderSize& folder = charts.folders[i];
    if (!has_rest || i + 1 < most_bars) {
      bars.push_back(bar_of(folder.name, folder));
      continue;
    }
    rest.files += folder.files;
    rest.lossless_bytes += folder.lossless_bytes;
    rest.lossy_bytes += folder.lossy_bytes;
  }
  if (has_rest) bars.push_back(bar_of(fmt::format("{} more", charts.folders.size() - most_bars + 1), rest));
  return bar_table({"Folders", {"folder", "tracks", "space"}, {"move", "review"}}, bars);
}

/// Without the empty columns at both ends.
std::vector<Column> trimmed(std::vector<Column> columns) {
  const auto has_count = [](const Column& column) {
    return std::any_of(column.counts.begin(), column.counts.end(), [](std::uint64_t n) { return n > 0; });
  };
  const auto first = std::find_if(columns.begin(), columns.end(), has_count);
  const auto last = std::find_if(columns.rbegin(), columns.rend(), has_count).base();
  return first < last ? std::vector<Column>(first, last) : std::vector<Column>();
}

std::string remark(std::uint64_t count, const char* what) {
  return count == 0 ? ""
                    : fmt::format("<p class=\"soft\">{} {}</p>\n", count_text(count, "file", "files"), what);
}

std::string charts_of(const LibraryStats& stats, const LibraryCharts& charts) {
  const std::vector<std::string_view> kinds = {"move", "review"}, meanings = {"lossless", "lossy"};
  return "<p class=\"soft\">" + colour_key("move", "lossless") + colour_key("review", "lossy") +
         "</p>\n<div class=\"charts\">\n" + formats_table(stats) + folders_table(charts) +
         column_chart({"Years", "year", kinds, meanings}, charts.years) +
         column_chart({"Lengths, in minutes", "minutes", kinds, meanings}, trimmed(charts.lengths)) +
         column_chart({"Bit rates of lossy files, in kb/s", "kb/s", {"review"}, {"files"}},
                      trimmed(charts.bit_rates)) +
         column_chart({"Measured bandwidth, in kHz", "kHz", kinds, meanings}, trimmed(charts.bandwidths)) +
         "</div>\n" + remark(charts.without_year, "without a year in the tags.") +
         remark(charts.without_bandwidth,
                "whose bandwidth was not measured: too short, too quiet, imported or read by an older "
                "version.") +
         "<p class=\"soft\">The bandwidth is the highest frequency with sound. A lossless file that ends at "
         "16 or "
         "19 kHz may have been made from a lossy one.</p>\n";
}

struct NotFingerprinted {
  std::string what;
  std::uint64_t files;
};

std::string not_fingerprinted(const LibraryStats& stats) {
  std::vector<NotFingerprinted> rows = {{"too short to recognise", stats.too_short},
                                        {"silent", stats.silent},
                                        {"missing at the last scan", stats.missing}};
  for (const FailureSum& failure : stats.failures)
    rows.push_back({"can't be read: " + failure.reason, failure.files});
  rows.push_back({"fingerprinted, but not compared with the rest yet", stats.not_compared});
  std::erase_if(rows, [](const NotFingerprinted& row) { return row.files == 0; });
  std::string text = "<h2>What is not fingerprinted</h2>\n";
  if (rows.empty()) return text + "<p>Every file has a fingerprint, and all are compared.</p>\n";
  std::vector<Bar> bars;
  bars.reserve(rows.size());
  for (const NotFingerprinted& row : rows)
    bars.push_back({row.what, {std::to_string(row.files)}, {static_cast<double>(row.files)}});
  text += bar_table({"By reason", {"reason", "files"}, {"plain"}}, bars);
  if (stats.failed_files.empty()) return text;
  text += fmt::format(
      "<details class=\"figures\"{}><summary>{}</summary><table aria-label=\"Files that can't be "
      "read\"><thead><tr>"
      "<th scope=\"col\">file</th><th scope=\"col\">why</th></tr></thead><tbody>\n",
      stats.failed_files.size() <= most_bars ? " open" : "",
      count_text(stats.failed_files.size(), "file that can't be read", "files that can't be read"));
  for (std::size_t i = 0; i < std::min(stats.failed_files.size(), most_failed_files); ++i)
    text += fmt::format("<tr><td><code>{}</code></td><td>{}</td></tr>\n",
                        html_text(stats.failed_files[i].path), html_text(stats.failed_files[i].reason));
  text += "</tbody></table></details>\n";
  if (const std::size_t shown = std::min(stats.failed_files.size(), most_failed_files);
      shown < stats.failed_files.size())
    text += fmt::format("<p class=\"soft\">and {} more.</p>\n", stats.failed_files.size() - shown);
  return text;
}

const char* reach_text(RootState::Reach reach) {
  return reach == RootState::Reach::there  ? "there"
         : reach == RootState::Reach::away ? "away"
                                           : "another file system is mounted there";
}

std::string roots_table(const LibraryStats& stats) {
  std::string text =
      "<h2>Scanned folders</h2>\n<table aria-label=\"Scanned folders\" class=\"plain\"><thead><tr><th "
      "scope=\"col\">folder</th><th scope=\"col\">state</th><th scope=\"col\" "
      "class=\"number\">tracks</th><th "
      "scope=\"col\" class=\"number\">space</th><th scope=\"col\" "
      "class=\"number\">scanned</th></tr></thead><tbody>\n";
  for (const RootState& root : stats.roots)
    text += fmt::format(
        "<tr><td><code>{}</code></td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td></tr>\n",
        html_text(root.root.path), reach_text(root.reach), root.sum.tracks, size_text(root.sum.bytes),
        root.root.scanned_at_s == 0 ? "never as a whole" : local_time_text(root.root.scanned_at_s));
  return stats.roots.empty() ? "" : text + "</tbody></table>\n";
}

}  // namespace

std::string stats_page(const LibraryStats& stats, const LibraryCharts& charts, const std::string& library,
                       std::int64_t made_at_s) {
  return page_begin("stats") + page_head({"echofold stats"}) +
         fmt::format(
             "<body class=\"wide\">\n<main>\n<h1>The library</h1>\n<p class=\"soft\">echofold stats of {}, "
             "library <code>{}</code></p>\n",
             local_time_text(made_at_s), html_text(library)) +
         cards(stats) + "<h2>What is there</h2>\n" + charts_of(stats, charts) + not_fingerprinted(stats) +
         roots_table(stats) + "</main>\n</body></html>\n";
}

}  // namespace echofold
