// How a library's data file is: what is whole in it, and what is hurt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// One thing that is hurt.
struct Damage {
  std::string table;  ///< a database of docs/FORMAT.md, or "library" for what belongs to none
  TrackId track = 0;  ///< 0 where it is not about one track, or nobody can say which
  std::string path;   ///< of that track, as far as it can be told; of a damaged record a guess; else empty
  std::string why;
};

struct TableHealth {
  std::string name;
  std::uint64_t whole = 0;    ///< entries
  std::uint64_t damaged = 0;  ///< entries that are there and hurt, or of no use without others that are
  std::uint64_t missing = 0;  ///< entries on pages that can't be read
};

struct LibraryHealth {
  std::vector<TableHealth> tables;
  std::vector<Damage> damages;
  bool whole() const noexcept { return damages.empty(); }
};

}  // namespace echofold
