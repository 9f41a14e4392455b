// The report of `tune` as one HTML page that stands alone: no script, nothing from the network.
#pragma once

#include <string>
#include <string_view>

#include "engine/tune/tune.h"

namespace echofold {

/// What every page begins with: tells a report, which may be written over, from any other file.
inline constexpr std::string_view tune_page_begin =
    "<!doctype html>\n<html lang=\"en\"><!-- echofold tune -->";

/// Charts, what is recommended, and up to 20 of the worst misses and of the worst false matches with their
/// strips.
/// @param source  what was tuned on, for the title
std::string tune_page(const TuneResult& result, const LoadedTracks& tracks, const std::string& source);

}  // namespace echofold
