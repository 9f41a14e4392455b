// Shares as people write them: 0.98 or 98 %.
#pragma once

#include <optional>
#include <string_view>

namespace echofold {

/// "0.98", "98%" and "98 %" give 0.98; nothing for what is no number. The point is a point in every locale.
std::optional<double> parse_share(std::string_view text) noexcept;

}  // namespace echofold
