// review: settles the pairs that need a decision.
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/review/questions.h"
#include "tools/stages/dedupe_sides.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/review_run.h"

namespace echofold {

ExitCode run_review(const Options& options, const std::stop_token& stop) {
  Store store = open_library(options, false);
  PlanSettings settings = plan_settings(options);
  settings.new_folders = remembered_new_folders(store.snapshot());
  const Plan plan = run_plan_stage(store, options, settings, stop);
  if (questions_of(plan).empty()) data_out() << "nothing to decide\n";
  return run_review_stage(store, options, plan, stop);
}

}  // namespace echofold
