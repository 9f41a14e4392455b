// An APE tag as bytes: parsed into items, and rendered again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/tag_part.h"

namespace echofold {

struct ApeItems {
  std::string header;  ///< empty if it has none
  std::vector<TagPart> items;
  std::string footer;
};

/// @param tag  whole, with its header if it has one
/// @throws Error Fault::unsupported unless every byte is understood
ApeItems parse_ape(std::string_view tag);
std::string render_ape(const ApeItems& tag);

}  // namespace echofold
