// The strip of a pair on a page: bit errors over time, and the spans that a listener would tell apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "index/model/heard.h"
#include "index/pair/error_strip.h"

namespace echofold {

/// To be put into the page once, before the first chart: what all of them refer to.
extern const std::string_view error_chart_defs;

/// An area whose height and colour show the errors; full height is `full_error`. What is not compared is empty. Spans of
/// `heard` are marked above it. Its name gives the worst moment, for screen readers. Empty without columns.
std::string error_chart(const ErrorStrip& strip, const std::optional<Heard>& heard);

/// Half of this is what other music has: all above is as bad.
inline constexpr double full_error = 0.5;

/// "up to 21 % at 1:12": the mean and the worst moment of a strip in words.
std::string error_text(const ErrorStrip& strip);

}  // namespace echofold
