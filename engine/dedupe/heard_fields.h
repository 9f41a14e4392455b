// What was heard of a pair, with its judgement, as JSON fields.
#pragma once

#include "index/base/json.h"
#include "index/model/heard.h"

namespace echofold {

/// "hearing" and "reason" (null for the same sound), then the fields of heard_json().
Json heard_fields(const Heard& heard);

}  // namespace echofold
