// Finds out which version of a file is in place after an interrupted rewrite.
#pragma once

#include <cstdint>
#include <string>

#include "engine/act/journal/rewrite_entry.h"

namespace echofold {

enum class Version : std::uint8_t {
  before,  ///< the file as it was before the run
  after,   ///< as the run left it
  unknown  ///< no file can be seen (an unmounted drive?): look again later
};

struct ResolvedRewrite {
  Version version = Version::unknown;
  Stamp stamp;       ///< of that version
  std::string note;  ///< what was found, for the journal and the user
};

/// Looks which version is there, and removes what a crash or a failure left of a rewrite in either direction (states
/// intended and restoring).
///
/// If no version is in place, the old one is put back. A temporary version is removed only if it is one of the two that the
/// journal names, or was not yet complete. A file that another program put in place is never touched. Never throws because
/// of what it finds: an error gives `unknown`.
ResolvedRewrite resolve_rewrite(const RewriteEntry& entry, const std::string& run);

}  // namespace echofold
