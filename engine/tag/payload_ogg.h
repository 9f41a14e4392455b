// The payload of an Ogg file.
#pragma once

#include <string>

#include "engine/tag/file_bytes.h"

namespace echofold {

/// Adds every packet except the comment packet to the hash. @return the comment packet
/// @throws Error as payload_hash
std::string add_ogg_payload(StreamHash& hash, const FileBytes& file);

}  // namespace echofold
