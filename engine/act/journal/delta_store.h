// The deltas of a run, `<db>/runs/<run>.undo/<number>`. Only their owner can read them.
#pragma once

#include <filesystem>
#include <string>

#include "index/base/fd.h"

namespace echofold {

/// Makes an empty file (0600) for the delta of a rewrite, and its folder (0700) if that is missing.
/// @throws Error Fault::io, Fault::full, Fault::permission
Fd make_delta(const std::filesystem::path& journal_file, const std::string& name);

/// @throws Error Fault::missing, Fault::io
Fd open_delta(const std::filesystem::path& journal_file, const std::string& name);

/// Makes the deltas survive a power cut. @throws Error Fault::io
void sync_deltas(const std::filesystem::path& journal_file);

/// Removes a delta that is no longer needed, and the folder with the last one. Never throws: a delta that stays does no
/// harm.
void drop_delta(const std::filesystem::path& journal_file, const std::string& name) noexcept;

}  // namespace echofold
