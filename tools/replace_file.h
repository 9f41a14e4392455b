// Writing a small file of echofold's own (a configuration, a report) so that it is whole or not there.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Writes `text` to a temporary file beside `path`, syncs it and renames it over `path`. A symbolic link
/// stays: what it leads to is replaced. The permissions of a file that is there stay, a new one gets 0666 less
/// the umask.
/// @throws Error Fault::io, full, missing, permission; then `path` is as it was
void replace_file(const std::string& path, std::string_view text);

}  // namespace echofold
