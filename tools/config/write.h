// Changes numbers in the configuration file and leaves the rest as it is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echofold {

using ConfigNumber = std::pair<std::string_view, double>;  ///< key, value

/// `text` with each key set: where it is, else in a new line at the end, or at the start where there are tables. All
/// other bytes, comments and line ends included, stay the same.
/// @throws Error Fault::usage, naming `file`, when `text` is not TOML
std::string with_numbers(const std::string& text, const std::vector<ConfigNumber>& numbers,
                         const std::string& file);

/// The same for a file, through a temporary file. The file and its folders are created where they do not exist.
/// @throws Error Fault::usage for a file that is not TOML, Fault::io, full, permission
void write_numbers(const std::string& file, const std::vector<ConfigNumber>& numbers);

}  // namespace echofold
