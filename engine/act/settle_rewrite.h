// Which version of a file is in its place after a rewrite that was not seen to its end.
#pragma once

#include <cstdint>
#include <string>

#include "engine/act/journal.h"

namespace echofold {

enum class Version : std::uint8_t {
  before,  ///< the file as it was before the run
  after,   ///< as the run left it
  unknown  ///< no file can be seen (a drive that is not mounted?): look again another time
};

struct SettledRewrite {
  Version version = Version::unknown;
  Stamp stamp;       ///< of that version
  std::string note;  ///< what was found, for the journal and the user
};

/// Looks, and tidies what a crash or a failure left of a rewrite in either direction (state intended,
/// restoring).
///
/// Where the file has no version in its place, the old one gets it back. A temporary version goes only when
/// it is one of the two that the journal names, or was not complete yet; a file that somebody else has put in
/// the place is never touched. Never throws on what it finds: an error is `unknown`.
SettledRewrite settle_rewrite(const RewriteEntry& entry, const std::string& run);

}  // namespace echofold
