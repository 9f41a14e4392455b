// Checks all entries that were salvaged and leaves those that are whole. Private to the store.
#pragma once

#include <optional>
#include <string>

#include "index/store/health.h"
#include "index/store/salvage.h"
#include "index/store/view.h"

namespace echofold {

/// The entries of `meta` that a rebuilt library needs, as far as they are whole.
struct ValidMeta {
  std::string library_id;            ///< empty: lost
  std::optional<Counters> counters;  ///< none: lost
};

struct Validated {
  LibraryHealth health;
  ValidMeta meta;
  bool pairs_are_complete = true;  ///< no pair is lost
  TrackId greatest_id = 0;         ///< that any entry names
};

/// Removes from `tables` each entry that is damaged, and each that is of no use without a damaged one: a track without
/// its fingerprint, a fingerprint without its track, a pair without one of its tracks.
/// @throws Error Fault::version for a library of another format
Validated validate(Salvage& tables);

}  // namespace echofold
