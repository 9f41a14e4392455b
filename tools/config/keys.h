// The one table of settings: what reading, the environment, `config show`, help and the tests go by.
//
// A new setting is a member of Options and one line in keys.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/options.h"

namespace echofold {

using ConfigMember =
    std::variant<std::string Options::*, int Options::*, long Options::*, double Options::*, bool Options::*,
                 std::vector<std::string> Options::*, Verbosity Options::*, When Options::*,
                 std::optional<Format> Options::*, Scope Options::*, std::optional<Relation> Options::*,
                 std::optional<LinkKind> Options::*, WatchPolicy Options::*>;

/// What a project's file must not do without the user's knowing.
enum class ConfigTrust : std::uint8_t {
  anywhere,
  user_only  ///< decides what is moved without asking, where it goes, or whom the program talks to
};

struct ConfigKey {
  std::string_view name;  ///< in the file: lower case, parts joined by `.`
  std::string_view flag;  ///< flags that win over it, parted by blanks; empty: there is none
  std::string_view verb;  ///< only this verb takes it; empty: whoever has a use for it
  std::string_view does;
  ConfigMember member;
  std::string_view formats = {};  ///< of a verb's output, separated by blanks; empty for all other keys
  double least = 0, most = 0;     ///< of a number; both 0: any
  ConfigTrust trust = ConfigTrust::anywhere;
  bool is_path = false;    ///< in a project's file relative to that file's folder
  bool is_secret = false;  ///< shown as set or not set only
};

/// Sorted as they are shown.
std::span<const ConfigKey> config_keys();
const ConfigKey* find_config_key(std::string_view name);

/// " (did you mean `threads`?)", or nothing when no name is near.
std::string nearest_config_key(std::string_view name);

/// The words that it may have, in the order in which they are listed; empty: it does not choose among words.
std::vector<std::string> words_of(const ConfigKey& key);

/// Sets the member. @return what the value must be ("a whole number"), when it is not that
std::optional<std::string> set_option(const ConfigKey& key, const ConfigValue& value, Options& options);
ConfigValue option_value(const ConfigKey& key, const Options& options);

/// As one writes it in the file: `"text"`, `4`, `["a", "b"]`; empty when nothing is set.
std::string config_text(const ConfigValue& value);

}  // namespace echofold
