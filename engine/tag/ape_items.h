// An APE tag as bytes: taken apart into items and put together again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

struct ApeItems {
  std::string header;  ///< empty where it has none
  std::vector<TagPart> items;
  std::string footer;
};

/// @param tag  whole, with its header where it has one
/// @throws Error Fault::unsupported for what is not understood to its last byte
ApeItems parse_ape(std::string_view tag);
std::string render_ape(const ApeItems& tag);

}  // namespace echofold
