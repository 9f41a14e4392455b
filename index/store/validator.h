// Reads all values that were salvaged and leaves those that are whole. Private to the store.
#pragma once

#include <optional>
#include <string>

#include "index/store/health.h"
#include "index/store/salvage.h"
#include "index/store/view.h"

namespace echofold {

/// What `meta` says, as far as it is whole.
struct ValidMeta {
  std::string library_id;            ///< empty: lost
  std::optional<Counters> counters;  ///< none: lost
};

struct Validated {
  LibraryHealth health;
  ValidMeta meta;
  bool pairs_are_complete = true;  ///< none of those that were there is lost
  TrackId greatest_id = 0;         ///< that any entry names
};

/// Takes out of `tables` each entry that is damaged, or of no use without another that is: a track without its
/// fingerprint, a fingerprint without its track, a pair without one of its tracks.
/// @throws Error Fault::version for a library of another format
Validated validate(Salvage& tables);

}  // namespace echofold
