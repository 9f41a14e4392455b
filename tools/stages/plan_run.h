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

/// The plan of the whole library as it is known: no pair is looked for, and nothing is listened to.
Plan known_plan(const Snapshot& snapshot, const std::string& library_id, const PlanningOptions& options);

/// The same, after new tracks were paired.
Plan run_plan_stage(Store& store, const PlanningOptions& options, const std::stop_token& stop);

/// A plan to act on: listens to each pair that would be moved or asked about and was not heard yet, unless the options
/// say not to.
Plan run_listening_plan_stage(Store& store, const PlanningOptions& options, PlanSettings settings,
                              const std::stop_token& stop);

/// Prints a plan in the requested format, by default as a table.
/// @param summary  prints only the totals of a table
void print_plan(const Plan& plan, const GlobalOptions& options, bool summary = false);

}  // namespace echofold
