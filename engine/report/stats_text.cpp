// The figures as a page and as a line.
#include "engine/report/stats_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/act/journal/run_info.h"
#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::array bands = {"auto", "review", "related"};
constexpr std::size_t shown_runs = 5, shown_failures = 50;

std::string hours_text(double seconds) { return fmt::format("{:.1f} h", seconds / 3600); }

std::string share_text(double part, double whole) {
  return whole > 0 ? fmt::format("{:.1f} %", 100 * part / whole) : "-";
}

std::string head(const char* title, const TableStyle& style) {
  return '\n' + coloured(title, Colour::bold, style.colour) + '\n';
}

std::string sum_text(const TrackSum& sum) {
  return fmt::format("{:>9} {:>11} {:>10}", sum.tracks, hours_text(sum.seconds), size_text(sum.bytes));
}

std::string_view name_of(RootState::Reach reach) noexcept {
  switch (reach) {
    case RootState::Reach::there:
      return "there";
    case RootState::Reach::away:
      return "away";
    case RootState::Reach::replaced:
      break;
  }
  return "replaced";
}

std::string time_text(std::int64_t at_s) { return at_s == 0 ? "never as a whole" : local_time_text(at_s); }

/// The tracks that take no part, or only a limited part, in finding copies; empty if there are none.
std::string exceptions_text(const LibraryStats& stats) {
  const std::pair<std::uint64_t, std::string_view> counts[] = {
      {stats.set_aside, "set aside"}, {stats.missing, "missing"}, {stats.imported, "imported"},
      {stats.too_short, "too short"}, {stats.silent, "silent"},   {stats.failed, "failed"}};
  std::string text;
  for (const auto& [count, what] : counts)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  return text.empty() ? text : text + '\n';
}

/// For text that is indented by two columns.
TableStyle narrower(TableStyle style) {
  style.columns = std::max<std::size_t>(style.columns, 3) - 2;
  return style;
}

std::string copies_text(const LibraryStats& stats, const TableStyle& style) {
  std::string totals = totals_text(stats.plan, narrower(style));
  for (std::size_t at = totals.find('\n'); at + 1 < totals.size(); at = totals.find('\n', at + 1))
    totals.insert(at + 1, "  ");
  std::string text = head("Copies", style) + "  " + totals;
  if (stats.bytes_to_review > 0)
    text += fmt::format("  {} more may be freed by a review\n", size_text(stats.bytes_to_review));
  if (stats.not_compared > 0)
    text += fmt::format("  {} not compared with the rest yet: `echofold plan` compares\n",
                        count_text(stats.not_compared, "track is", "tracks are"));
  return text;
}

std::string path_text(const std::string& path, const TableStyle& style) {
  constexpr std::size_t indent = 2;
  const std::string text = printable(path);
  return style.whole_lines ? text : shortened(text, std::max(style.columns, indent + 1) - indent);
}

std::string roots_text(const LibraryStats& stats, const TableStyle& style) {
  if (stats.roots.empty()) return {};
  std::string text = head("Folders", style);
  for (const RootState& root : stats.roots)
    text +=
        fmt::format("  {}\n    {}, {}, scanned {}\n", path_text(root.root.path, style), name_of(root.reach),
                    count_text(root.sum.tracks, "track", "tracks"), time_text(root.root.scanned_at_s));
  return text;
}

std::string failures_text(const LibraryStats& stats, const TableStyle& style) {
  if (stats.failed_files.empty()) return {};
  std::string text = head("Unreadable files", style);
  const std::size_t shown = std::min(stats.failed_files.size(), shown_failures);
  constexpr std::size_t indent = 6;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string reason = printable(stats.failed_files[i].reason);
    text += fmt::format("  {}\n{:{}}{}\n", path_text(stats.failed_files[i].path, style), "", indent,
                        style.whole_lines ? reason : wrapped(reason, indent, indent, style.columns));
  }
  if (const std::size_t more = stats.failed_files.size() - shown; more > 0)
    text += fmt::format("  and {} more: `echofold stats --format ndjson` lists all\n", more);
  return text;
}

Json json_of(const TrackSum& sum) {
  return {{"tracks", sum.tracks}, {"hours", sum.seconds / 3600}, {"bytes", sum.bytes}};
}

Json json_of_copies(const LibraryStats& stats) {
  Json copies;
  for (std::size_t band = 0; band < bands.size(); ++band)
    copies[bands[band]] = {{"groups", stats.groups_in_band[band]}, {"copies", stats.copies_in_band[band]}};
  copies["groups"] = stats.plan.groups;
  copies["to_move"] = stats.plan.to_move;
  copies["to_review"] = stats.plan.to_review;
  copies["bytes_to_free"] = stats.plan.bytes_to_free;
  copies["bytes_to_review"] = stats.bytes_to_review;
  copies["not_compared"] = stats.not_compared;
  return copies;
}

Json json_of(const RootState& state) {
  Json root;
  put_path(root, "path", state.root.path);
  root["reach"] = name_of(state.reach);
  root["tracks"] = state.sum.tracks;
  root["scanned_at"] = state.root.scanned_at_s == 0 ? Json(nullptr) : Json(state.root.scanned_at_s);
  return root;
}

}  // namespace

std::string stats_table(const LibraryStats& stats, const TableStyle& style) {
  std::string text = fmt::format(
      "{}, {}, {}\nlossless: {} of the tracks, {} of the bytes\n",
      count_text(stats.present.tracks, "track", "tracks"), hours_text(stats.present.seconds),
      size_text(stats.present.bytes),
      share_text(static_cast<double>(stats.lossless.tracks), static_cast<double>(stats.present.tracks)),
      share_text(static_cast<double>(stats.lossless.bytes), static_cast<double>(stats.present.bytes)));
  text += exceptions_text(stats);
  if (!stats.formats.empty()) text += head("Formats", style);
  for (const FormatSum& format : stats.formats)
    text += fmt::format("  {:<14} {:<14} {}\n",
                        format.codec == "PCM" ? container_text(format.container) : printable(format.codec),
                        container_text(format.container), sum_text(format.sum));
  text += copies_text(stats, style);
  text += roots_text(stats, style);
  text += failures_text(stats, style);
  if (stats.runs.empty()) return text;
  text += head("Last runs", style);
  const auto shown = static_cast<std::ptrdiff_t>(std::min(stats.runs.size(), shown_runs));
  return text + history_table({stats.runs.begin(), stats.runs.begin() + shown}, style);
}

std::string stats_to_line(const LibraryStats& stats) {
  Json line{{"schema", "echofold.stats/1"}};
  line.update(json_of(stats.present));
  line["lossless"] = json_of(stats.lossless);
  line["formats"] = Json::array();
  for (const FormatSum& format : stats.formats) {
    Json one{{"codec", format.codec}, {"container", format.container}, {"lossless", format.lossless}};
    one.update(json_of(format.sum));
    line["formats"].push_back(std::move(one));
  }
  line["set_aside"] = stats.set_aside;
  line["missing"] = stats.missing;
  line["imported"] = stats.imported;
  line["too_short"] = stats.too_short;
  line["silent"] = stats.silent;
  line["failed"] = stats.failed;
  line["copies"] = json_of_copies(stats);
  line["failures"] = Json::array();
  for (const FailureSum& failure : stats.failures)
    line["failures"].push_back({{"reason", failure.reason}, {"files", failure.files}});
  line["failed_files"] = Json::array();
  for (const FailedFile& file : stats.failed_files) {
    Json one = Json::object();
    put_path(one, "path", file.path);
    one["reason"] = file.reason;
    line["failed_files"].push_back(std::move(one));
  }
  line["roots"] = Json::array();
  for (const RootState& root : stats.roots) line["roots"].push_back(json_of(root));
  line["runs"] = Json::array();
  for (const RunInfo& run : stats.runs)
    line["runs"].push_back({{"run", run.run},
                            {"started_at", run.started_at_s},
                            {"set_aside", run.set_aside()},
                            {"renamed", run.there.all_renamed()},
                            {"restored", run.moves_undone}});
  return to_line(line);
}

}  // namespace echofold
