// The configuration file: TOML, each key the name of a flag, unknown keys refused.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/options.h"

namespace echofold {

/// What the file sets; unset members are nothing.
struct Config {
  std::optional<std::string> db;
  std::optional<int> threads;
  std::optional<double> auto_similarity, review_similarity;
  std::optional<std::vector<std::string>> exclude, extensions, protect;
  std::optional<std::string> dups, link;
  std::optional<bool> merge_tags, playlists;
};

/// `given`; where it is empty, `$XDG_CONFIG_HOME/echofold/config.toml`, else `~/.config/echofold/config.toml`,
/// and nothing when neither variable is set.
std::string config_path(const std::string& given);

/// Reads `path`; where it is empty, `$XDG_CONFIG_HOME/echofold/config.toml` if there is one.
/// @throws Error Fault::usage, naming file, line and key, for what is not TOML, not known or out of range
Config read_config(const std::string& path);

/// Puts the file's values where no flag was given. @param given  whether the flag ("--db") was on the
/// command line
void apply_config(const Config& config, const std::function<bool(const char* flag)>& given, Options& options);

}  // namespace echofold
