// Values of the database `heard`. Private to the store.
#pragma once

#include <optional>
#include <string_view>

#include "index/model/heard.h"

namespace echofold {

/// None for a sealed value of an older or newer version. Its fields are not known here, and nothing is lost by not
/// knowing them: the pair is listened to again, and the value replaced.
/// @throws Error Fault::damaged; Fault::version for another version with a wrong checksum
std::optional<Heard> read_heard_value(const HeardKey& key, std::string_view bytes);

}  // namespace echofold
