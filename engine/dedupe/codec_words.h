// The names of codecs.
#pragma once

#include <string>

#include "index/model/record.h"

namespace echofold {

/// "FLAC", "MP3", "PCM" whatever the container; "-": unknown. `stats --format ndjson` has it as `codec`.
std::string codec_family(const AudioProperties& properties);

/// ASCII letters as capitals.
std::string upper_ascii(std::string text);

}  // namespace echofold
