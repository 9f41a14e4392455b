// The configuration of one run: flag > environment > project's file > user's file > default.
#pragma once

#include <functional>
#include <string>

#include "tools/options.h"

namespace echofold {

/// Puts into `options` what no flag said, and notes of every key what it is and why (Options::settings).
/// @param given_file  --config FILE or empty. It takes the place of both files and has to be there
/// @param given       whether a flag ("--db") was on the command line
/// @throws Error Fault::usage, naming file and line or variable, for what can't be a setting; also without any
///               place for the library
void apply_config(const std::string& given_file, const std::function<bool(const std::string& flag)>& given,
                  Options& options);

/// The keys and the variables, for `config --help`.
std::string config_help();

}  // namespace echofold
