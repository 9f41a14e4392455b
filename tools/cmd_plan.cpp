// plan: groups with keeper and reasons; touches nothing.
#include "engine/report/plan_table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/plan_run.h"

namespace echofold {

ExitCode run_plan(const Options& options, const std::stop_token& stop) {
  Store store = open_for_plan(options);
  const Plan plan = run_plan_stage(store, options, stop);
  print_plan(plan, options);
  if (totals_of(plan).groups > 0) say_next(options, "Nothing was moved: `echofold dedupe --apply` does it.");
  return ExitCode::done;
}

}  // namespace echofold
