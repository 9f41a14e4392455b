// Case and normal forms of Unicode: some file systems treat names that differ in them as one.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// A form that is equal for two names, or paths, that some file system treats as one: with another case or another
/// normal form. Bytes that are not UTF-8 stay as they are.
std::string folded(std::string_view name);

/// `text` in normal form NFC. Empty when it is not UTF-8.
std::string composed(std::string_view text);

}  // namespace echofold
