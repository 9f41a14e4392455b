// A fact of a file, as text.
#pragma once

#include <string>

namespace echofold {

struct ListedFact {
  std::string name;   ///< "audio samples", "stream 0 tag TITLE"
  std::string value;  ///< long ones are a hash
  bool operator==(const ListedFact&) const = default;
};

}  // namespace echofold
