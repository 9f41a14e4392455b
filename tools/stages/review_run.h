// Asking about the review band, as `review` and `dedupe --apply` both do it.
#pragma once

#include <stop_token>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"
#include "tools/exit_code.h"
#include "tools/options/shared.h"

namespace echofold {

/// Asks about the plan's review band on the terminal, keeps each answer in the store at once and sets aside
/// what the answers say when the review ends. Away from a terminal nothing is asked: the pairs are counted.
/// @param only_new  answers set aside no copy of the library, only new ones
ExitCode run_review_stage(Store& store, const ActingOptions& options, const Plan& plan, bool only_new,
                          const std::stop_token& stop);

}  // namespace echofold
