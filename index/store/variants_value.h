// Values of the database `variants`. Private to the store.
#pragma once

#include <string>
#include <string_view>

#include "index/model/speed_variants.h"

namespace echofold {

/// For messages: "the variants of track 3".
std::string variants_name(TrackId id);

/// @throws Error Fault::damaged, also for the value of another key; Fault::version
SpeedVariants read_variants_value(TrackId id, std::uint64_t percent, std::string_view value);

}  // namespace echofold
