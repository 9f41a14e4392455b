// Hashes read back from text.
#pragma once

#include <optional>
#include <string_view>

#include "index/base/hash.h"

namespace echofold {

/// The hash of 32 digits that hex_of() wrote; nothing for any other text.
std::optional<Hash128> hash_of_hex(std::string_view digits) noexcept;

}  // namespace echofold
