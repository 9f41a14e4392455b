// The one table of settings. Flags, files, the environment, `config show`, help and tests read it.
//
// A new setting is a member of the options in tools/options/ and one entry in keys.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/options/all_options.h"

namespace echofold {

/// Where the value of a setting is stored.
using SettingPlace = std::variant<std::string*, int*, long*, double*, bool*, std::vector<std::string>*,
                                  Verbosity*, When*, std::optional<Format>*, Scope*, std::optional<Relation>*,
                                  std::optional<LinkKind>*, WatchPolicy*>;

/// What a project's file must not do without the user's knowledge.
enum class ConfigTrust : std::uint8_t {
  anywhere,
  user_only  ///< decides what is moved without asking, where it goes, or which servers the program contacts
};

struct ConfigFlag {
  std::string_view names =
      {};  ///< separated by blanks; `--no-NAME` sets a bool to false; empty: there is none
  std::string_view value = {};  ///< the name of its value in the help
  std::string_view help = {};   ///< empty: `does` of the key and its words
};

struct ConfigKey {
  std::string_view name;       ///< in the file: lower case, parts joined by `.`
  std::string_view verb = {};  ///< only this verb uses it; empty: several do
  std::string_view does;
  SettingPlace (*place)(AllOptions& all);
  ConfigFlag flag = {};           ///< wins over environment and files
  std::string_view formats = {};  ///< of a verb's output, separated by blanks; empty for all other keys
  double least = 0, most = 0;     ///< of a number; both 0: any
  ConfigTrust trust = ConfigTrust::anywhere;
  bool is_path = false;    ///< in a project's file relative to that file's folder
  bool is_secret = false;  ///< shown only as set or not set
};

/// In the order in which they are shown.
std::span<const ConfigKey> config_keys();
const ConfigKey* find_config_key(std::string_view name);

/// " (did you mean `threads`?)", or nothing when no name is near.
std::string nearest_config_key(std::string_view name);

/// The words that it may have, in the order in which they are listed; empty: it does not choose among words.
std::vector<std::string> words_of(const ConfigKey& key);

/// Stores the value. @return what the value must be ("a whole number"), when it is not that
std::optional<std::string> set_option(const ConfigKey& key, const ConfigValue& value, AllOptions& all);
ConfigValue option_value(const ConfigKey& key, AllOptions& all);

/// As it is written in the file: `"text"`, `4`, `["a", "b"]`; empty when nothing is set.
std::string config_text(const ConfigValue& value);

}  // namespace echofold
