// The configuration of one run: flag > environment > project's file > user's file > default.
#pragma once

#include <functional>
#include <string>

#include "tools/options/all_options.h"

namespace echofold {

/// The part of the command line that settings depend on.
struct GivenLine {
  std::string file;  ///< --config FILE, which replaces both files; or empty
  std::string verb;  ///< "scan"
  std::function<bool(const std::string& flag)> has_flag;  ///< whether a flag ("--db") was given
};

/// Sets what no flag set, notes the value of every key and where it comes from (LoadedConfig), and expands `~` in
/// paths.
/// @throws Error Fault::usage, naming file and line or variable, for what can't be a setting; also where there is no
///               place for the library, or the given file is not there
void apply_config(const GivenLine& line, AllOptions& all);

/// The keys and the variables, for `config --help`.
std::string config_help();

}  // namespace echofold
