// The similarity of two strings as computed by Python's difflib.SequenceMatcher(None, a, b).ratio().
#pragma once

#include <string_view>

namespace echofold::bench {

/// Equal to the last bit to what Python 3 computes with the default `autojunk`: in a `b` of 200 or more characters,
/// those that make up more than 1 % of it start no match. That, and the choice between two equally long matches, make
/// the result differ between (a, b) and (b, a). Characters are bytes. Thread-safe.
double difflib_ratio(std::string_view a, std::string_view b);

}  // namespace echofold::bench
