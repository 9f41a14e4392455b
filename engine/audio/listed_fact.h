// A fact about a file, as text.
#pragma once

#include <string>

namespace echofold {

struct ListedFact {
  std::string name;   ///< "audio samples", "stream 0 tag TITLE"
  std::string value;  ///< a hash, if it is long
  bool operator==(const ListedFact&) const = default;
};

}  // namespace echofold
