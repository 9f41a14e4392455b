// Which names are those of files with sound that can be read, whether a scan looks at them or not.
#pragma once

#include <string_view>

namespace echofold {

/// Whether a name ends, in whatever case, with a usual extension of a format that engine/audio reads. Formats that it
/// does not read are none, nor are those that are encrypted as a rule.
bool is_media_name(std::string_view name) noexcept;

/// Whether nothing behind the last point of a name is an extension: none, too long for one, or several words.
bool has_no_ending(std::string_view name) noexcept;

}  // namespace echofold
