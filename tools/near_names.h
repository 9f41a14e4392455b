// Which of some names was meant by one that is none of them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace echofold {

/// Letters added, left out, changed or swapped with the next that make `b` of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `names`, the first of equals; empty when even that one is another word.
std::string nearest_name(std::string_view name, std::span<const std::string> names);

}  // namespace echofold
