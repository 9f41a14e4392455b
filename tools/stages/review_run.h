// Asks about the review band, for `review` and `dedupe --apply`.
#pragma once

#include <stop_token>

#include "engine/dedupe/plan.h"
#include "index/store/store.h"
#include "tools/exit_code.h"
#include "tools/options/shared.h"

namespace echofold {

/// Asks about the plan's review band on the terminal and stores each answer at once. When the review ends, sets the
/// losers aside. Without a terminal it asks nothing and prints the number of pairs.
///
/// A review that ends before all is answered goes on when the next one begins: that one says how many pairs were answered
/// earlier.
/// @param only_new  answers set aside no copy of the library, only new ones
ExitCode run_review_stage(Store& store, const ActingOptions& options, const Plan& plan, bool only_new,
                          const std::stop_token& stop);

/// What was decided in an earlier review that was interrupted before its files were moved: the part of the plan that the
/// answers since then make.
Plan left_undone(const Store& store, const Plan& plan);

/// Offers to set aside what left_undone() says; without a terminal, and if there is nothing, it does nothing.
ExitCode offer_left_undone(Store& store, const ActingOptions& options, const Plan& plan,
                           const std::stop_token& stop);

}  // namespace echofold
