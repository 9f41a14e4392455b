// The command line as plain data: what the user asked for, checked for form, with defaults filled in.
#pragma once

#include <optional>

#include "tools/options/all_options.h"

namespace echofold {

/// Reads the command line and the configuration (flag > environment > project's file > user's file > default).
/// `--help` and `--version` print to stdout and give nothing.
/// @throws Error Fault::usage with a message that says what is wrong and how to get help
std::optional<VerbOptions> parse_options(int argc, const char* const* argv);

/// What every verb has.
const GlobalOptions& global_options(const VerbOptions& options);

}  // namespace echofold
