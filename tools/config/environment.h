// Settings from the environment: ECHOFOLD_<KEY>.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/config/keys.h"

namespace echofold {

/// "watch.interval" -> "ECHOFOLD_WATCH_INTERVAL".
std::string environment_name(const ConfigKey& key);

/// What the variable of this key says; nothing when it is not set or empty.
/// @throws Error Fault::usage, naming the variable, when it is no value of the key
std::optional<ConfigValue> environment_value(const ConfigKey& key);

/// A sentence for each variable whose name is no setting's but nearly one's: others named ECHOFOLD_ are none of ours.
std::vector<std::string> odd_environment();

}  // namespace echofold
