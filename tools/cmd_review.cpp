// review: asks about the pairs that need a decision.
#include <algorithm>

#include "engine/report/figures.h"
#include "engine/report/table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/review/questions.h"
#include "tools/stages/dedupe_sides.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/review_run.h"
#include "tools/stages/web_review_run.h"

namespace echofold {
namespace {

/// -n: prints what would be asked.
ExitCode show_questions(const Plan& plan, const ReviewOptions& options) {
  print_plan(only(plan, Action::review), options);
  const std::size_t questions = questions_of(plan).size();
  if (questions > 0)
    data_out() << count_text(questions, "pair", "pairs") << " to decide; nothing was asked\n";
  else
    data_out() << "nothing to decide\n";
  return ExitCode::done;
}

}  // namespace

ExitCode run_verb(const ReviewOptions& options, const std::stop_token& stop) {
  if (options.web) return run_web_review_stage(options, stop);
  Store store = open_library(options, false);
  PlanSettings settings = plan_settings(options);
  settings.redo = options.redo;
  settings.new_folders = remembered_new_folders(store.snapshot());
  const Plan plan = run_listening_plan_stage(store, options, settings, stop);
  if (options.dry_run) return show_questions(plan, options);
  const ExitCode code = offer_left_undone(store, options, plan, stop);
  if (code == ExitCode::interrupted) return code;
  if (questions_of(plan).empty()) data_out() << "nothing to decide\n";
  return std::max(code, run_review_stage(store, options, plan, false, stop));
}

}  // namespace echofold
