// The compressed text that `fpcalc` prints, to raw items. What makes it is Chromaprint's (fingerprinter.h).
#pragma once

#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// Base64url, algorithm TEST2; what follows the last item is ignored, as Chromaprint does. Takes memory in proportion to
/// the text, whatever it claims.
/// @throws Error Fault::usage when it is no such text or of another algorithm
std::vector<Item> decode_fingerprint_text(std::string_view text);

}  // namespace echofold
