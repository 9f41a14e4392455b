// Decodes the compressed text that `fpcalc` prints to raw items. Chromaprint encodes it (fingerprinter.h).
#pragma once

#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// Base64url, algorithm TEST2. Bytes after the last item are ignored, as in Chromaprint. Memory use is proportional
/// to the text, whatever length the text claims.
/// @throws Error Fault::usage if the text is not valid, or of another algorithm
std::vector<Item> decode_fingerprint_text(std::string_view text);

}  // namespace echofold
