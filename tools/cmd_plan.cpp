// plan: groups with keeper and reasons; touches nothing.
#include "engine/report/plan_table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/plan_run.h"

namespace echofold {

ExitCode run_verb(const PlanOptions& options, const std::stop_token& stop) {
  Store store = open_for_plan(options);
  const Plan plan = run_listening_plan_stage(store, options, plan_settings(options), stop);
  print_plan(plan, options, options.summary);
  print_next_step(options, next_step_text(totals_of(plan), "echofold dedupe --apply"));
  return ExitCode::done;
}

}  // namespace echofold
