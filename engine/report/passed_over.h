// What a scan saw and did not look at, as sentences.
#pragma once

#include <string>
#include <vector>

#include "engine/library/scan.h"

namespace echofold {

/// One printable sentence for trash and snapshot folders, one for files with unlisted extensions and one for links; none
/// for what there was not.
std::vector<std::string> passed_over_texts(const PassedOver& passed);

}  // namespace echofold
