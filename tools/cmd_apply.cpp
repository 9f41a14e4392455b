// apply PLAN: acts on a plan.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <string_view>

#include "engine/dedupe/plan_ndjson.h"
#include "index/base/error.h"
#include "index/base/fs/input_stream.h"
#include "tools/commands.h"
#include "tools/library.h"
#include "tools/review/questions.h"
#include "tools/stages/act_run.h"

namespace echofold {
namespace {

Plan plan_from(const std::string& input, const std::stop_token& stop) {
  InputStream in(input, stop);
  try {
    Plan plan = read_plan(in);
    require_not_stopped(stop);
    return plan;
  } catch (const Error& e) {
    require_not_stopped(stop);  // a plan that was cut off by the stop is not a wrong plan
    if (input == "-" || e.fault() != Fault::usage || std::string_view(e.what()).starts_with(input)) throw;
    throw Error(Fault::usage, input + ": " + e.what());
  }
}

}  // namespace

ExitCode run_verb(const ApplyOptions& options, const std::stop_token& stop) {
  const Plan plan = plan_from(options.input, stop);
  if (plan.groups.empty()) {
    spdlog::info("the plan is empty: there is nothing to set aside");
    return ExitCode::done;
  }
  ApplySettings settings = apply_settings(options);
  // The other verbs act on a plan that they have just made.
  if (!options.trust_plan) settings.must_match = thresholds_of(options);
  if (options.dry_run) {
    const Store store = Store::open_to_read(options.db);
    return preview_act_stage(store, options, settings, plan);
  }
  Store store = open_library(options, false);
  if (const std::size_t left = questions_of(plan).size(); left > 0)
    spdlog::info("{} a decision: `echofold review` asks about {}",
                 left == 1 ? "1 pair needs" : fmt::format("{} pairs need", left), left == 1 ? "it" : "them");
  return run_act_stage(store, options, settings, plan, stop);
}

}  // namespace echofold
