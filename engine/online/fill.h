// What of a file's tags changes, when a recording was found for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/online/choose.h"
#include "index/model/record.h"

namespace echofold {

struct FieldChange {
  std::string_view field;  ///< static storage: "title", "musicbrainz_release_id", ...
  std::string from;        ///< empty: there is none, or the library does not keep this field
  std::string to;          ///< never empty
  bool operator==(const FieldChange&) const = default;
};

/// Artist, title, album, album artist, track, disc and date where they are missing; the ids always. Nothing at all
/// where all that the library knows of is there already: then the ids that it does not keep are there, too.
/// @param overwrite  tags that are there and differ are replaced
std::vector<FieldChange> changes_to(const Tags& present, const FoundTags& found, bool overwrite);

}  // namespace echofold
