// Parses one NDJSON line with a fingerprint made elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

struct ImportedTrack {
  std::string path;  ///< as in the line, not made absolute
  double duration_s = 0;
  std::vector<Item> items;  ///< at least one
};

/// Parses `{"path","duration","fingerprint"}` (documented in import.h). An array of items is read without building a
/// JSON value for each item: it is most of the text of an import.
/// @throws Error Fault::usage with what is wrong with the line
/// Thread-safe.
ImportedTrack parse_import_line(std::string_view line);

}  // namespace echofold
