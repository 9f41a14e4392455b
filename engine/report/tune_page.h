// The report of `tune` as one self-contained HTML page: no script, nothing from the network.
#pragma once

#include <string>
#include <string_view>

#include "engine/tune/tune.h"

namespace echofold {

/// The beginning of every page. It shows that a file is a report and may be overwritten.
inline constexpr std::string_view tune_page_begin =
    "<!doctype html>\n<html lang=\"en\"><!-- echofold tune -->";

/// Charts, the recommendation, and up to 20 each of the worst misses and the worst false matches with their strips.
/// @param source  where the labelled pairs come from, for the title
std::string tune_page(const TuneResult& result, const LoadedTracks& tracks, const std::string& source);

}  // namespace echofold
