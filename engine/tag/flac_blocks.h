// The metadata blocks of a FLAC file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/tag/file_bytes.h"

namespace echofold {

inline constexpr std::uint64_t flac_head_bytes = 4;  ///< of each block

struct FlacBlock {
  enum Kind : std::uint8_t { stream_info = 0, padding = 1, comments = 4, picture = 6 };
  std::uint8_t kind = stream_info;   ///< one of these, or any other
  std::uint64_t begin = 0, end = 0;  ///< with its head

  std::string name() const;
  /// True for padding that is all zeros.
  bool is_blank(const std::string& body) const;
};

/// All blocks, in order. @throws Error Fault::damaged if they are longer than the file, Fault::io
std::vector<FlacBlock> flac_blocks_of(const FileBytes& file);

}  // namespace echofold
