// Reads from "fLaC" to the block that is marked as the last.
#include "engine/tag/flac_blocks.h"

#include "engine/tag/tag_ranges.h"
#include "index/base/error.h"

namespace echofold {

std::string FlacBlock::name() const {
  switch (kind) {
    case padding:
      return "padding that holds something";
    case 2:
      return "APPLICATION";
    case 3:
      return "SEEKTABLE";
    case comments:
      return "VORBIS_COMMENT";
    case 5:
      return "CUESHEET";
    case picture:
      return "PICTURE";
    default:
      return "block of kind " + std::to_string(kind);
  }
}

bool FlacBlock::is_blank(const std::string& body) const {
  return kind == padding && body.find_first_not_of('\0') == std::string::npos;
}

std::vector<FlacBlock> flac_blocks_of(const FileBytes& file) {
  const TagRanges range = tag_ranges_of(file);
  if (!file.has(range.begin, "fLaC")) throw Error(Fault::damaged, "it has no FLAC stream");
  std::vector<FlacBlock> blocks;
  std::uint64_t offset = range.begin + 4;
  for (bool last = false; !last;) {
    const std::uint64_t kind = file.big(offset, 1);
    const std::uint64_t size = file.big(offset + 1, 3);
    last = (kind & 0x80u) != 0;
    blocks.push_back({static_cast<std::uint8_t>(kind & 0x7fu), offset, offset + flac_head_bytes + size});
    offset += flac_head_bytes + size;
    if (offset > range.end) throw Error(Fault::damaged, "its metadata is longer than the file");
  }
  return blocks;
}

}  // namespace echofold
