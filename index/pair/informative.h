// Which items of a fingerprint say something.
#pragma once

#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// ~0 for items that are not silent and differ in at least two bits from the one before, else 0. The first and the last
/// are always 0, so every item that is in the mask has neighbours on both sides.
std::vector<Item> informative_mask(Items items);

}  // namespace echofold
