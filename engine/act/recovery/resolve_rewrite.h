// Finds out which version of a file is in place after an interrupted rewrite.
#pragma once

#include <string>

#include "engine/act/journal/rewrite_step.h"
#include "engine/act/recovery/resolved.h"

namespace echofold {

/// Looks which version is there, and removes what a crash or a failure left of a rewrite in either direction (states
/// intended and restoring).
///
/// If no version is in place, the old one is put back. A temporary version is removed only if it is one of the two
/// that the journal names, or was not yet complete. A file that another program put in place is never touched. Never
/// throws because of what it finds: an error gives `unknown`.
Resolved resolve_rewrite(const RewriteStep& step, const std::string& run);

}  // namespace echofold
