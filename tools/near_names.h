// Finds the name that was meant by one that is misspelt.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace echofold {

/// The number of letters to add, remove, change or swap with the next that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `names`, the first of equals; empty when even the nearest is another word.
std::string nearest_name(std::string_view name, std::span<const std::string> names);

}  // namespace echofold
