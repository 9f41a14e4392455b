// dedupe PATH...: the main job: scan, plan, print; --apply acts.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/report/table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_run.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/review_run.h"
#include "tools/stages/scan_run.h"

namespace echofold {
namespace {

/// The graver of two outcomes: an interruption, then failed files, then success.
ExitCode worse(ExitCode a, ExitCode b) noexcept { return std::max(a, b); }

}  // namespace

ExitCode run_dedupe(const Options& given, const std::stop_token& stop) {
  Options options = given;
  options.paths = paths_to_scan(given);  // a list on stdin can be read only once
  options.files_from.clear();

  Store store = open_library(options, true);
  const ScanSummary scanned = run_scan_stage(
      store, options, [](const FileReport&) {}, stop);
  std::string summary = scan_summary_text(scanned);
  summary.pop_back();  // the log ends its lines itself
  spdlog::info("{}", summary);
  ExitCode code = exit_code_of_scan(scanned);
  if (scanned.interrupted) return code;

  const Plan plan = run_plan_stage(store, options, absolute_paths(options.paths), stop);
  print_plan(plan, options);
  if (!options.apply) return code;

  flush_output();  // the plan is on the screen before anything moves
  if (const auto removals = automatic_removals(plan); !removals.empty())
    code = worse(code, run_act_stage(store, options, plan.library_id, removals, stop));
  if (code == ExitCode::interrupted) return code;
  return worse(code, run_review_stage(store, options, plan, stop));
}

}  // namespace echofold
