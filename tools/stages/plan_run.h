// Brings the pairs up to date and makes a plan, for every verb that needs one.
#pragma once

#include <stop_token>
#include <string>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"
#include "tools/options/shared.h"

namespace echofold {

/// Finds the pairs of tracks that were added since the last time, with progress.
void run_match_stage(Store& store, const MatchingOptions& options, const std::stop_token& stop);

/// The plan of the whole library.
Plan run_plan_stage(Store& store, const PlanningOptions& options, const std::stop_token& stop);

/// The same with settings that differ from those of `options`.
Plan run_plan_stage(Store& store, const MatchingOptions& options, const PlanSettings& settings,
                    const std::stop_token& stop);

/// Prints a plan in the requested format, by default as a table.
/// @param summary  prints only the totals of a table
void print_plan(const Plan& plan, const GlobalOptions& options, bool summary = false);

}  // namespace echofold
