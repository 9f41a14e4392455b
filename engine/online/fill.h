// Which tags of a file change when a recording was found for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/online/choose.h"
#include "index/model/record.h"

namespace echofold {

struct FieldChange {
  std::string_view field;  ///< static storage: "title", "musicbrainz_release_id", ...
  std::string from;        ///< empty: there is none, or the library does not store this field
  std::string to;          ///< never empty
  bool operator==(const FieldChange&) const = default;
};

/// Artist, title, album, album artist, track, disc and date if they are missing; the ids always. Nothing at all if the
/// file already has all fields that the library stores: then it also has the ids that the library does not store.
/// @param overwrite  also replaces existing tags that differ
std::vector<FieldChange> changes_to(const Tags& present, const FoundTags& found, bool overwrite);

}  // namespace echofold
