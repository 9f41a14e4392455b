// Where a file is after an interrupted step, as the disk shows it.
#pragma once

#include <cstdint>
#include <string>

#include "index/base/fs/stamp.h"

namespace echofold {

enum class Whereabouts : std::uint8_t {
  before,  ///< as it was before the step: a moved file at `from`, a rewritten one with its old bytes
  after,   ///< as the step leaves it: at `to`, or with its new bytes
  unknown  ///< it can't be seen (an unmounted drive?): look again later
};

struct Resolved {
  Whereabouts where = Whereabouts::unknown;
  Stamp stamp = {};       ///< of the file as it is
  std::string note = {};  ///< what was found, for the journal and the user
};

}  // namespace echofold
