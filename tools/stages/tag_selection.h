// Selects the files for `tag`.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "index/store/store.h"
#include "tools/options/tag_options.h"

namespace echofold {

struct TagSelection {
  std::vector<TrackId> tracks;       ///< in the order of their paths
  std::uint64_t tagged_already = 0;  ///< left out: neither keeper of a group nor untagged
  std::uint64_t no_fingerprint = 0;  ///< left out: too short, silent or failed, in a folder
  std::vector<std::string> unknown;  ///< paths under which the library knows no file
};

/// Selects keepers of the plan and files without artist or title, among the present files under the paths or in the
/// whole library; with `--every` all of these files. A file that a path names itself is always selected.
TagSelection select_for_tags(Store& store, const TagOptions& options, const std::stop_token& stop);

}  // namespace echofold
