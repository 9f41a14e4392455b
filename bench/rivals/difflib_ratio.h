// The similarity of two strings as Python's difflib.SequenceMatcher(None, a, b).ratio() gives it.
#pragma once

#include <string_view>

namespace echofold::bench {

/// To the last bit what Python 3 computes, with its default `autojunk`: in a `b` of 200 characters and more,
/// those that make up more than 1 % of it start no match. That, and which of two equally long matches is
/// taken, make it differ between (a, b) and (b, a). Characters are bytes. Thread-safe.
double difflib_ratio(std::string_view a, std::string_view b);

}  // namespace echofold::bench
