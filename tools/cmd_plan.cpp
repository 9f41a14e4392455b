// plan: groups with keeper and reasons; touches nothing.
#include "tools/commands.h"
#include "tools/library.h"
#include "tools/stages/plan_run.h"

namespace echofold {

ExitCode run_plan(const Options& options, const std::stop_token& stop) {
  Store store = open_library(options, false);
  print_plan(run_plan_stage(store, options, stop), options);
  return ExitCode::done;
}

}  // namespace echofold
