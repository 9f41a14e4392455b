// See act_run.h.
#include "tools/stages/act_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>
#include <string_view>

#include "engine/act/journal/applied_file.h"
#include "engine/report/figures.h"
#include "engine/report/shared_folder.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_extras.h"

namespace echofold {
namespace {

/// "not moved: PATH: why". The reason may begin with the path of this file, or of the keeper.
std::string skip_text(const AppliedFile& file) {
  const std::string path = printable(file.path);
  std::string why = printable(file.skipped);
  if (why.starts_with(path + ": ")) why.erase(0, path.size() + 2);
  return "not moved: " + path + ": " + why;
}

/// The set-aside folders of these files: each target without the path that the file had in its root.
std::set<std::string> set_aside_folders(const std::vector<std::string>& targets, const std::string& run) {
  std::set<std::string> folders;
  for (const std::string& target : targets)
    if (const std::size_t at = target.find('/' + run + '/'); at != std::string::npos)
      folders.insert(target.substr(0, at + 1 + run.size()));
  return folders;
}

/// What was done, in figures. Leaves out counts of zero.
std::string counts_text(const ApplySummary& summary, const ActTally& tally) {
  const std::pair<std::uint64_t, std::string> counts[] = {
      {summary.moved, "set aside"},
      {summary.names,
       summary.names == 1 ? "further name of them (hard link)" : "further names of them (hard links)"},
      {summary.along, summary.along == 1 ? "partner file" : "partner files"},
      {summary.renamed, "put in their place"},
      {summary.linked, "linked"},
      {tally.merged, tally.merged == 1 ? "file took tags" : "files took tags"},
      {summary.skipped, "not moved"}};
  std::string text;
  for (const auto& [count, what] : counts)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  return text.empty() ? "nothing to set aside" : text + playlists_text(tally);
}

/// What was done, where the files are now, and how to take it back.
void print_summary(const ApplySummary& summary, const ActTally& tally,
                   const std::vector<std::string>& targets, const GlobalOptions& options) {
  print_sentence(options, counts_text(summary, tally));
  for (const std::string& folder : set_aside_folders(targets, summary.run))
    data_out() << "  in " << printable(folder) << '\n';
  if (summary.moved + summary.linked > 0)
    data_out() << "`echofold undo " << summary.run << "` takes it back\n";
}

/// What was done, or would be done with -n, to a file that is not skipped.
std::string_view deed_of(const AppliedFile& file, bool dry_run) {
  if (file.renamed) return dry_run ? "would rename" : "renamed";
  if (!file.linked.empty()) return dry_run ? "would link" : "linked";
  return dry_run ? "would set aside" : "set aside";
}

/// A line with a path at its end, which is shortened on a terminal.
void print_path(std::string_view before, const std::string& path, const GlobalOptions& options) {
  data_out() << before << path_below(path, "", before.size(), table_style(options)) << '\n';
}

void print_applied(const AppliedFile& file, const GlobalOptions& options) {
  if (!file.skipped.empty()) spdlog::warn("{}", skip_text(file));
  if (!file.note.empty()) spdlog::info("{}", printable(file.note));
  if (options.format == Format::ndjson) {
    Json line{{"schema", "echofold.applied/1"}, {"group", file.group}};
    put_path(line, "path", file.path);
    if (file.skipped.empty() && !options.dry_run) put_path(line, "target", file.target);
    line["renamed"] = file.renamed;
    line["skipped"] = file.skipped.empty() ? Json(nullptr) : Json(file.skipped);
    if (!file.goes_with.empty()) put_path(line, "goes_with", file.goes_with);
    if (!file.link_of.empty()) put_path(line, "link_of", file.link_of);
    line["linked"] = file.linked.empty() ? Json(nullptr) : Json(file.linked);
    if (options.dry_run) line["dry_run"] = true;
    data_out() << to_line(line) << '\n';
  } else if (file.skipped.empty() && options.verbosity >= Verbosity::normal) {
    print_path(std::string(deed_of(file, options.dry_run)) + ' ', file.path, options);
    if (!file.link_of.empty()) print_path("  another name of ", file.link_of, options);
    if (file.renamed) print_path("  -> ", file.target, options);
  }
}

}  // namespace

ExitCode preview_act_stage(const Store& store, const GlobalOptions& options, const ApplySettings& settings,
                           const std::string& library_id, const std::vector<RemovalGroup>& groups) {
  std::uint64_t moved = 0, linked = 0, skipped = 0;
  for (const AppliedFile& file : preview_apply(store, library_id, groups, settings)) {
    print_applied(file, options);
    ++(!file.skipped.empty() ? skipped : file.linked.empty() ? moved : linked);
  }
  if (options.format != Format::ndjson && options.format != Format::csv) {
    CountsText text;
    text.add(moved, "to set aside");
    text.add(linked, "to link");
    text.add(skipped, "to skip");
    data_out() << text.or_else("nothing to set aside") << "; nothing was moved\n";
  }
  return skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

ExitCode run_act_stage(Store& store, const ActingOptions& options, const std::string& library_id,
                       const std::vector<RemovalGroup>& groups, const std::stop_token& stop) {
  return run_act_stage(store, options, apply_settings(options), library_id, groups, stop);
}

ExitCode run_act_stage(Store& store, const ActingOptions& options, ApplySettings settings,
                       const std::string& library_id, const std::vector<RemovalGroup>& groups,
                       const std::stop_token& stop) {
  ActTally tally;
  add_extras(settings, store, options, tally);
  std::vector<std::string> targets;
  const auto on_file = [&](const AppliedFile& file) {
    print_applied(file, options);
    if (!file.target.empty() && !file.renamed && file.goes_with.empty()) targets.push_back(file.target);
  };
  const ApplySummary summary = apply(store, library_id, groups, settings, on_file, stop);
  if (options.format != Format::ndjson && options.format != Format::csv)
    print_summary(summary, tally, targets, options);
  if (summary.interrupted) {
    spdlog::info("interrupted; run it again to go on from here");
    return ExitCode::interrupted;
  }
  return summary.skipped + tally.failed + tally.lost_entries > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
