// Pairs brought up to date and a plan made, as every verb that needs a plan does it.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"
#include "tools/options.h"

namespace echofold {

/// Finds the pairs of tracks that are new since the last time, with progress.
void run_match_stage(Store& store, const Options& options, const std::stop_token& stop);

/// @param under  only tracks under these absolute paths; empty: the whole library
Plan run_plan_stage(Store& store, const Options& options, std::vector<std::string> under,
                    const std::stop_token& stop);

/// Prints a plan in the format asked for, table by default.
void print_plan(const Plan& plan, const Options& options);

}  // namespace echofold
