// What CLI11 refuses, as a sentence that names the nearest verb or flag.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace echofold {

/// @param app  that failed to parse, with a subcommand for each verb
/// @return e.g. "`dedupe` has no flag `--aply`; did you mean `--apply`? (see `echofold dedupe --help`)"
std::string sentence_of(const CLI::ParseError& error, const CLI::App& app);

}  // namespace echofold
