// Acts on plans for `apply`, `dedupe --apply`, `review` and `watch`: prints each file, then a summary.
#pragma once

#include <stop_token>

#include "engine/act/apply.h"
#include "index/store/store.h"
#include "tools/exit_code.h"
#include "tools/options/shared.h"

namespace echofold {

/// Sets aside what the plan moves; prints each move on stdout and each skip on stderr.
/// @return interrupted, some_failed when a file was skipped, or done
ExitCode run_act_stage(Store& store, const ActingOptions& options, const Plan& plan,
                       const std::stop_token& stop);

/// The same with settings that differ from those of `options`.
ExitCode run_act_stage(Store& store, const ActingOptions& options, ApplySettings settings, const Plan& plan,
                       const std::stop_token& stop);

struct ActResult {
  ApplySummary summary;
  ExitCode code = ExitCode::done;
};

/// The same, for a caller that also shows what happens itself.
/// @param also  called with each step, in the thread of the caller
ActResult act(Store& store, const ActingOptions& options, ApplySettings settings, const Plan& plan,
              const OnGroupStep& also, const std::stop_token& stop);

/// Prints what run_act_stage() would do, and changes nothing.
/// @return some_failed when a file would be skipped, else done
ExitCode preview_act_stage(const Store& store, const GlobalOptions& options, const ApplySettings& settings,
                           const Plan& plan);

}  // namespace echofold
