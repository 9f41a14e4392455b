// A configuration file: where it lies, and what it sets. TOML; unknown keys are refused by line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/config/keys.h"

namespace echofold {

enum class ConfigKind : std::uint8_t {
  user,    ///< the user's own, or named with --config
  project  ///< found beside or above the working folder: may have come with what lies there
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

/// `$XDG_CONFIG_HOME/echofold/config.toml`, else `~/.config/echofold/config.toml`; empty when neither variable is
/// set.
std::string user_config_path();

/// `echofold.toml`, else `.echofold.toml`, in the working folder or the nearest folder above that has one; empty
/// when none has.
std::string project_config_path();

/// Why a project's file is not taken: it belongs to somebody else, or anybody may write to it. Empty: it is.
std::string distrust_of(const std::string& path);

/// The text of a configuration file: a regular file of 1 MB at most. @throws Error Fault::usage, naming the file
std::string read_config_text(const std::string& path);

/// Before a parser gets the text. @throws Error Fault::usage, naming the file, when it is nested too deep (index/base/nesting.h)
void require_shallow_config(std::string_view text, const std::string& path);

/// @throws Error Fault::usage, naming file, line and key, for what is not TOML, not known, out of range, or not for
///               a file of this kind
ConfigFile read_config_file(const std::string& path, ConfigKind kind);

}  // namespace echofold
