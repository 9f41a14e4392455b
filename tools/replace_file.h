// Writes a small file of echofold's own (a configuration, a report), as a whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Writes `text` to a temporary file beside `path`, syncs it and renames it over `path`. A symbolic link stays, and its
/// target is replaced. An existing file keeps its permissions; a new one gets 0666 less the umask.
/// @throws Error Fault::io, full, missing, permission; then `path` is as it was
void replace_file(const std::string& path, std::string_view text);

}  // namespace echofold
