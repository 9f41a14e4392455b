// A sorted set of track ids as bytes for the store's meta table: about one byte an id.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// LEB128 of the differences between neighbours. @param ids ascending, each once
std::string encode_ids(const std::vector<TrackId>& ids);

/// Nothing if encode_ids does not write such bytes.
std::optional<std::vector<TrackId>> decode_ids(std::string_view bytes);

}  // namespace echofold
