// `review --web`: serves the review page until Ctrl-C.
#pragma once

#include <stop_token>

#include "tools/exit_code.h"
#include "tools/options/all_options.h"

namespace echofold {

/// Prints the link at once; the plan is made while the page is already there. Holds the library's lock only while the
/// plan is made, and for each write.
/// @throws Error Fault::no_database; Fault::usage if the port is taken
ExitCode run_web_review_stage(const ReviewOptions& options, const std::stop_token& stop);

}  // namespace echofold
