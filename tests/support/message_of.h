// The message of an error that may be there.
#pragma once

#include <optional>
#include <string>

#include "index/base/error.h"

namespace echofold::test {

/// Empty if there is no error.
inline std::string message_of(const std::optional<Error>& error) { return error ? error->what() : ""; }

}  // namespace echofold::test
