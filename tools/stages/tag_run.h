// The stages of `tag`, in bounded pieces: look files up, choose, write their tags.
#pragma once

#include <stop_token>

#include "engine/report/tag_rows.h"
#include "tools/exit_code.h"
#include "tools/options/tag_options.h"
#include "tools/stages/tag_selection.h"

namespace echofold {

/// @throws Error Fault::usage when the key is missing, or key or address is malformed
void require_lookup_settings(const TagOptions& options);

/// Prints a row for each file as it is done, then a summary.
/// @return interrupted, some_failed when a file failed or could not be looked up, or done
/// @throws Error Fault::usage when the service refuses key or address and nothing was written
ExitCode run_tag_stage(Store& store, const TagOptions& options, const TagSelection& selection,
                       const std::stop_token& stop);

}  // namespace echofold
