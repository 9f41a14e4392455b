// Writes an answer of AcoustID as JSON.
#pragma once

#include <string>

#include "engine/online/acoustid_answer.h"

namespace echofold {

/// The answer in its compressed form, as parse_acoustid_answer reads it.
std::string to_json(const AcoustidAnswer& answer);

}  // namespace echofold
