// The health of a library's data file: what in it is whole, and what is damaged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// One thing that is damaged.
struct Damage {
  std::string table;  ///< a database of docs/FORMAT.md, or "library" for damage that belongs to none
  TrackId track = 0;  ///< 0 where it is not about one track, or the track is unknown
  std::string path;   ///< of that track, where it is known; for a damaged record a guess; else empty
  std::string why;
};

struct TableHealth {
  std::string name;
  std::uint64_t whole = 0;    ///< entries that are whole
  std::uint64_t damaged = 0;  ///< entries that are damaged, or of no use without others that are
  std::uint64_t missing = 0;  ///< entries on pages that can't be read
};

struct LibraryHealth {
  std::vector<TableHealth> tables;
  std::vector<Damage> damages;
  bool whole() const noexcept { return damages.empty(); }
};

}  // namespace echofold
