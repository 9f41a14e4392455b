// What a scan saw but did not read, as sentences.
#pragma once

#include <string>
#include <vector>

#include "engine/library/scan.h"

namespace echofold {

/// One printable sentence each for trash and snapshot folders, for files with unlisted extensions and for links, as
/// far as there are any.
std::vector<std::string> passed_over_texts(const PassedOver& passed);

}  // namespace echofold
