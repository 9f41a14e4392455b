// One NDJSON line of a fingerprint made elsewhere, taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

struct ImportedTrack {
  std::string path;  ///< as given, not made absolute
  double duration_s = 0;
  std::vector<Item> items;  ///< at least one
};

/// Reads `{"path","duration","fingerprint"}` (docs: import.h). An array of items is read without building a
/// JSON value for each: that is most of the text of an import.
/// @throws Error Fault::usage saying what is wrong with the line
/// Thread-safe.
ImportedTrack parse_import_line(std::string_view line);

}  // namespace echofold
