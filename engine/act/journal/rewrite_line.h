// Rewrites as lines of a journal.
#pragma once

#include "engine/act/journal/rewrite_step.h"
#include "index/base/json.h"

namespace echofold {

Json to_json(const Rewrite& rewrite);
Json to_json(const Prepared& prepared);

/// @throws Error Fault::usage or a Json::exception if a member is missing or of another type,
///               Fault::damaged if the name of a delta is not a plain number
Rewrite rewrite_from_json(const Json& object);
Prepared prepared_from_json(const Json& object);

}  // namespace echofold
