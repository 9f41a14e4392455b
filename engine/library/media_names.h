// Which names are those of readable files with sound, whether a scan includes them or not.
#pragma once

#include <string_view>

namespace echofold {

/// Whether a name ends, in any case, with a usual extension of a format that engine/audio reads. Formats that it does
/// not read do not count, nor do those that are usually encrypted.
bool is_media_name(std::string_view name) noexcept;

/// Whether a name has no extension: there is no dot, or what follows the last one is too long or is several words.
bool has_no_ending(std::string_view name) noexcept;

}  // namespace echofold
