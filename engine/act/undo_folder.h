// The deltas of a run: `<db>/runs/<run>.undo/<number>`, for the user alone.
#pragma once

#include <filesystem>
#include <string>

#include "index/fd.h"

namespace echofold {

/// Makes the folder (0700) where it is missing, and in it an empty file (0600) for the delta of a rewrite.
/// @throws Error Fault::io, Fault::full, Fault::permission
Fd make_delta(const std::filesystem::path& journal_file, const std::string& name);

/// @throws Error Fault::missing, Fault::io
Fd open_delta(const std::filesystem::path& journal_file, const std::string& name);

/// What was made is found after a power cut. @throws Error Fault::io
void sync_deltas(const std::filesystem::path& journal_file);

/// A delta that is of no use any more; the folder goes with the last one. Never throws: what stays is no
/// harm.
void drop_delta(const std::filesystem::path& journal_file, const std::string& name) noexcept;

}  // namespace echofold
