// What makes an entry of each database whole: the checks that `check`, a repair and the opening of a library share.
// Private to the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"
#include "index/store/databases.h"
#include "index/store/view.h"

namespace echofold {

/// What the checks have learned from the entries that they found whole, and what they ask of the library.
struct CheckedLibrary {
  std::size_t page_bytes = 0;
  std::function<bool(std::string_view key)> has_pair, has_partner;

  std::string library_id;            ///< empty: lost
  std::optional<Counters> counters;  ///< none: lost
  TrackId greatest_id = 0;           ///< that any entry names

  struct Fingerprint {
    TrackId id;
    std::uint32_t count;
    Hash128 hash;
  };
  std::vector<Fingerprint> fingerprints;  ///< ascending
  std::vector<TrackId> track_ids;         ///< ascending
};

struct StoredEntry {
  std::string_view key, value;
};

// The checks of the table. The key has the size that the table gives.
// All throw Error Fault::damaged, or Fault::version for an entry of another echofold.
void check_meta(const StoredEntry& entry, CheckedLibrary& library);
void check_root(const StoredEntry& entry, CheckedLibrary& library);
/// After the items. The record must be that of its key and agree with the fingerprint.
void check_track(const StoredEntry& entry, CheckedLibrary& library);
void check_items(const StoredEntry& entry, CheckedLibrary& library);
void check_path(const StoredEntry& entry, CheckedLibrary& library);
/// After the tracks. Both tracks and the entry of `partners` must be there.
void check_pair(const StoredEntry& entry, CheckedLibrary& library);
/// After the pairs. The pair must be there.
void check_partner(const StoredEntry& entry, CheckedLibrary& library);
void check_verdict(const StoredEntry& entry, CheckedLibrary& library);
void check_class(const StoredEntry& entry, CheckedLibrary& library);
void check_representatives(const StoredEntry& entry, CheckedLibrary& library);
void check_lookup(const StoredEntry& entry, CheckedLibrary& library);
/// Of a sealed value of another version only the order of the key's hashes can be checked.
void check_heard(const StoredEntry& entry, CheckedLibrary& library);
/// After the tracks. The track must be there.
void check_variants(const StoredEntry& entry, CheckedLibrary& library);

/// Calls `pass(database, check)` for each pass over a database, in the order in which they rely on each other. Items
/// have two: whether a fingerprint has a track is only known after the tracks.
void for_each_check_pass(const std::function<void(const Database& database, EntryCheck check)>& pass);

/// One check of one entry, its key's size first. @throws Error as the checks
void check_entry(const Database& database, EntryCheck check, const StoredEntry& entry,
                 CheckedLibrary& library);

}  // namespace echofold
