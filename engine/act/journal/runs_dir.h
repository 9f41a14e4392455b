// The folder that holds the journals of a library, and the names of its runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "index/store/store.h"

namespace echofold {

/// `<db>/runs`.
std::filesystem::path runs_dir(const Store& store);

inline constexpr const char* journal_extension = ".ndjson";

/// The folder of the deltas of a run, beside its journal.
inline constexpr const char* undo_folder_extension = ".undo";

/// `<db>/runs/<run>.undo` of the journal `<db>/runs/<run>.ndjson`. It does not exist if nothing was rewritten.
std::filesystem::path undo_folder(const std::filesystem::path& journal_file);

/// The journals of a library, oldest first.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& runs_dir);

/// The name of the next run: UTC time of `now_s` and 4 hex digits, after `last` ("" for none) in byte order.
std::string next_run_name(std::int64_t now_s, const std::string& last, std::uint16_t random);

}  // namespace echofold
