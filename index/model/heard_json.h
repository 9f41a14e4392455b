// Writes what was heard of a pair as JSON.
#pragma once

#include "index/base/json.h"
#include "index/model/heard.h"

namespace echofold {

/// The measurements, and the bursts as "bursts": times in s to the millisecond.
Json heard_json(const Heard& heard);

}  // namespace echofold
