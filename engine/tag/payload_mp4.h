// The payload of an MP4 file.
#pragma once

#include "engine/tag/file_bytes.h"

namespace echofold {

/// Adds media data, sample tables and chunks to the hash. @throws Error as payload_hash
void add_mp4_payload(StreamHash& hash, const FileBytes& file);

}  // namespace echofold
