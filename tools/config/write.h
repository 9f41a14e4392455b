// Changing numbers in the configuration file without touching a word of the rest.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echofold {

using ConfigNumber = std::pair<std::string_view, double>;  ///< key, value

/// `text` with each key set: in its place where it has one, else in a line at the end, or at the
/// start where there are tables. All else, comments and line ends included, stays byte for byte.
/// @throws Error Fault::usage, naming `file`, when `text` is not TOML
std::string with_numbers(const std::string& text, const std::vector<ConfigNumber>& numbers,
                         const std::string& file);

/// The same with a file, which is made with its folders where there is none, through a temporary file.
/// @throws Error Fault::usage for what is not TOML, Fault::io, full, permission
void write_numbers(const std::string& file, const std::vector<ConfigNumber>& numbers);

}  // namespace echofold
