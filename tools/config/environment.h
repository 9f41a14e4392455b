// Settings from the environment: ECHOFOLD_<KEY>.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/config/keys.h"

namespace echofold {

/// "watch.interval" -> "ECHOFOLD_WATCH_INTERVAL".
std::string environment_name(const ConfigKey& key);

/// The value of the key's variable; nothing when it is not set or empty.
/// @throws Error Fault::usage, naming the variable, when it is no value of the key
std::optional<ConfigValue> environment_value(const ConfigKey& key);

/// A sentence for each variable whose name is nearly that of a setting. Other names with ECHOFOLD_ are ignored.
std::vector<std::string> odd_environment();

}  // namespace echofold
