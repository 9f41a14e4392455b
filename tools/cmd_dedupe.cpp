// dedupe [PATH...]: the main job: scan, compare with everything known, print; --apply acts.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "engine/report/new_files.h"
#include "engine/report/plan_table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_run.h"
#include "tools/stages/dedupe_sides.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/review_run.h"
#include "tools/stages/scan_run.h"

namespace echofold {
namespace {

/// The worse of two outcomes: an interruption, then failed files, then success.
ExitCode worse(ExitCode a, ExitCode b) noexcept { return std::max(a, b); }

/// Scans files of the library again that changed since their scan (retagged, for example): a plan needs them as they
/// are.
void scan_changed(Store& store, const DedupeOptions& options, const std::vector<std::string>& changed,
                  const std::stop_token& stop) {
  spdlog::info("{} of the library changed since the last scan: read again",
               changed.size() == 1 ? "1 file" : fmt::format("{} files", changed.size()));
  ScanSettings settings = scan_settings(options);
  settings.parts_of_roots = true;
  run_scan_stage(
      store, options, changed, settings, [](const FileReport&) {}, stop);
}

/// The plan of what was scanned, against all that the library knows and that is there.
Plan plan_against_all(Store& store, const DedupeOptions& options, PlanSettings& settings,
                      const std::stop_token& stop) {
  constexpr int most_scans = 3;  // after that, files that keep changing are left out
  OtherFiles others;
  settings.is_there = [&](const TrackRecord& track) { return others.is_there(track); };
  Plan plan;
  for (int scans = 0;; ++scans) {
    others = {};
    plan = run_listening_plan_stage(store, options, settings, stop);
    const auto changed = others.take_changed();
    if (changed.empty() || scans == most_scans) break;
    scan_changed(store, options, changed, stop);
  }
  others.warn_of_gone(store.snapshot().roots());
  settings.is_there = {};
  return plan;
}

/// "~/Music or /mnt/nas": the folders of these files; empty for more than two.
std::string folders_of(const std::vector<std::string>& paths, const std::vector<Root>& roots) {
  std::set<std::string> folders;
  for (const std::string& path : paths) folders.insert(path_for_people(root_around(path, roots)));
  constexpr std::size_t few = 2;
  if (folders.empty() || folders.size() > few) return {};
  return fmt::format("{}", fmt::join(folders, " or "));
}

/// The sentence on the new files: part of a table, and a message beside data.
void print_new_files(Store& store, const Plan& plan, const PlanSettings& settings,
                     const DedupeOptions& options) {
  const NewFileCounts counts = count_new_files(store.snapshot(), plan, settings);
  if (!counts.any_other) return;
  remember_new_folders(store, settings.new_folders);
  const std::string text = new_files_text(counts, folders_of(counts.copies, store.snapshot().roots()));
  if (options.format.value_or(Format::table) == Format::table)
    print_sentence(options, text + '.');
  else
    spdlog::info("{}", text);
}

}  // namespace

ExitCode run_verb(const DedupeOptions& options, const std::stop_token& stop) {
  const bool names_paths = !options.paths.empty() || !options.files_from.empty();
  Store store = open_library(options, names_paths);
  const DedupePaths paths = dedupe_paths(store, options, stop);

  const ScanSummary scanned = run_scan_stage(
      store, options, paths.scan, scan_settings(options), [](const FileReport&) {}, stop);
  std::string summary = scan_summary_text(scanned);
  summary.pop_back();  // the log adds it
  spdlog::info("{}", summary);
  std::set<std::string> reported;
  report_passed_over(scanned, reported);
  ExitCode code = exit_code_of_scan(scanned);
  if (scanned.interrupted) return code;

  PlanSettings settings = plan_settings(options);
  settings.under = paths.under;
  const bool are_new =
      paths.are_new && (options.only_new || !is_library_itself(store.snapshot(), paths.under));
  if (are_new) settings.new_folders = paths.under;
  settings.only_under = options.only_new;
  const Plan plan = plan_against_all(store, options, settings, stop);
  print_plan(plan, options, options.summary);
  if (are_new) print_new_files(store, plan, settings, options);
  if (!options.apply) {
    const PlanTotals totals = totals_of(plan);
    print_next_step(options, next_step_text(totals, "--apply"));
    if (totals.to_review > 0)
      print_next_step(options, "`echofold review --web` shows and plays both on a page in the browser.");
    return code;
  }

  flush_output();  // the plan is shown before anything moves
  if (has(plan, Action::move)) code = worse(code, run_act_stage(store, options, plan, stop));
  if (code == ExitCode::interrupted) return code;
  return worse(code, run_review_stage(store, options, plan, options.only_new, stop));
}

}  // namespace echofold
