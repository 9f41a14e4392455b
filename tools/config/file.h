// A configuration file in TOML: where it is, and what it sets. Unknown keys are refused, with their line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/config/keys.h"

namespace echofold {

enum class ConfigKind : std::uint8_t {
  user,    ///< the user's own, or named with --config
  project  ///< found in or above the working folder: it may have come with the files there
};

struct ConfigEntry {
  const ConfigKey* key;
  ConfigValue value;
  unsigned line;
};

struct ConfigFile {
  std::string path;  ///< empty: there is none
  std::vector<ConfigEntry> entries;
};

/// `$XDG_CONFIG_HOME/echofold/config.toml`, else `~/.config/echofold/config.toml`; empty when neither XDG_CONFIG_HOME
/// nor HOME is set.
std::string user_config_path();

/// `echofold.toml`, else `.echofold.toml`, in the working folder or the nearest folder above that has one; empty
/// when none has.
std::string project_config_path();

/// Why a project's file is not used: it belongs to another user, or anybody may write to it. Empty: it is used.
std::string distrust_of(const std::string& path);

/// The text of a configuration file: a regular file of 1 MB at most. @throws Error Fault::usage, naming the file
std::string read_config_text(const std::string& path);

/// To be called before a parser gets the text.
/// @throws Error Fault::usage, naming the file, when it is nested too deep (index/base/nesting.h)
void require_shallow_config(std::string_view text, const std::string& path);

/// @throws Error Fault::usage, naming file, line and key, for text that is not TOML, and for a key that is unknown, out
///               of range, or not allowed in a file of this kind
ConfigFile read_config_file(const std::string& path, ConfigKind kind);

}  // namespace echofold
