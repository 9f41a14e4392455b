// The lines of a journal, each one JSON object and its checksum; moves and folder times as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/move_step.h"
#include "index/base/json.h"

namespace echofold {

inline constexpr std::string_view journal_schema = "echofold.run/1";

/// `object` on one line. Its last member "sum" is the XXH3-64 of everything before it. Ends with a newline.
std::string seal(const Json& object);

/// The object of a sealed line (without its newline), or nothing if the checksum or the form is wrong.
std::optional<Json> unseal(std::string_view line);

Json to_json(const Stamp& stamp);
Json to_json(const Move& move);
/// Whole ns since 1970; if they do not fit 64 bits, an array of seconds and ns.
Json to_json(const FileTime& time);
FileTime file_time_from_json(const Json& object, const std::string& name);
Json attributes_json(const Attributes& attributes);
Attributes attributes_from_json(const Json& list);
Json to_json(const FolderTime& time);
Json to_json(const RemovedFolder& folder);

/// @throws Error Fault::usage or a Json::exception if a member is missing or of another type
Stamp stamp_from_json(const Json& object);
Move move_from_json(const Json& object);
FolderTime folder_time_from_json(const Json& object);
RemovedFolder removed_folder_from_json(const Json& object);

/// How many bytes of a journal are whole lines; a torn append may follow. @throws Error as read_journal
std::size_t whole_lines_bytes(const std::filesystem::path& file);

}  // namespace echofold
