// Names that some file systems take for one: case and normal forms of Unicode.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// Equal for two names that some file system takes for one: another case or another normal form. For a whole path, too.
/// Bytes that are no UTF-8 are compared as they are.
std::string folded(std::string_view name);

/// Valid UTF-8 in normal form NFC. Empty for what is no UTF-8.
std::string composed(std::string_view text);

}  // namespace echofold
