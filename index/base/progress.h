// How a long stage tells how far it is. Values out only; who shows them is not its business.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace echofold {

/// Called now and then, from any thread but never twice at once, as a stage proceeds.
/// `stage` is one of a few static names ("index", "keys", "candidates", "verify"); `total` 0 means unknown.
using Progress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

}  // namespace echofold
