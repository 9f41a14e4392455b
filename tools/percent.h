// Shares as people write them: 0.98 or 98 %.
#pragma once

#include <optional>
#include <string_view>

namespace echofold {

/// "0.98", "98%" and "98 %" give 0.98; anything that is no number gives nothing. The decimal point is a point in every
/// locale.
std::optional<double> parse_share(std::string_view text) noexcept;

}  // namespace echofold
