// Restores the old bytes of a rewritten file.
#pragma once

#include <filesystem>
#include <string>

#include "engine/act/journal/rewrite_step.h"
#include "engine/act/recovery/restored.h"

namespace echofold {

/// Rebuilds the old bytes from the file and its delta under a temporary name, checks their hash, sets the old mode,
/// owner and mtime, and swaps both. A file that no longer has the bytes that the run gave it, or has further hard
/// links now, is left alone, with the reason. Does not throw for what it finds.
/// @param step     in state restoring
/// @param journal  the file of the run's journal; the delta lies beside it
Restored restore_rewrite(const RewriteStep& step, const std::string& run,
                         const std::filesystem::path& journal);

}  // namespace echofold
