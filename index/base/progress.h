// How a long stage reports its progress.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace echofold {

/// Called from time to time as a stage proceeds: from any thread, but never by two at once.
/// `stage` is one of a few static names ("index", "keys", "candidates", "verify"); `total` 0 means unknown.
using Progress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

}  // namespace echofold
