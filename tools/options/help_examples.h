// Examples for `echofold VERB --help`.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// "Examples:" and a line for each; empty for a verb that has none.
std::string examples_of(std::string_view verb);

}  // namespace echofold
