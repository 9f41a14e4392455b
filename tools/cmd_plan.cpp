// plan: groups with keeper and reasons; touches nothing.
#include <ctime>

#include "engine/dedupe/stored_strip.h"
#include "engine/report/plan_page.h"
#include "engine/report/plan_table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/library.h"
#include "tools/stages/plan_run.h"

namespace echofold {
namespace {

void print_plan_page(const Store& store, const Plan& plan, const PlanOptions& options) {
  const Snapshot snapshot = store.snapshot();
  PlanPageSource source{
      options.db, std::time(nullptr), {}, next_step_text(totals_of(plan), "echofold dedupe --apply")};
  source.strip = [&](const PlanGroup& group, const PlanDrop& drop) {
    return stored_error_strip(snapshot, group.keep.track, drop.file.track, {drop.offset_s, drop.speed},
                              page_strip_columns);
  };
  ProgressLine line(options);
  write_plan_page(data_out(), plan, source, line.stages());
}

}  // namespace

ExitCode run_verb(const PlanOptions& options, const std::stop_token& stop) {
  Store store = open_for_plan(options);
  const Plan plan = run_listening_plan_stage(store, options, plan_settings(options), stop);
  if (options.format == Format::html)
    print_plan_page(store, plan, options);
  else
    print_plan(plan, options, options.summary);
  print_next_step(options, next_step_text(totals_of(plan), "echofold dedupe --apply"));
  return ExitCode::done;
}

}  // namespace echofold
