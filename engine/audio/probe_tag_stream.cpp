// Reads at most what remains of the file: lengths in tags are not trusted.
#include "engine/audio/probe_tag_stream.h"

#include <algorithm>

namespace echofold {

TagLib::ByteVector TagStream::readBlock(unsigned long length) {
  const std::int64_t left = std::max<std::int64_t>(source_.size_bytes() - source_.position(), 0);
  const auto want = std::min<std::uint64_t>({length, static_cast<std::uint64_t>(left), max_block_bytes});
  TagLib::ByteVector block(static_cast<unsigned int>(want), '\0');
  std::size_t filled = 0;
  while (filled < want) {
    auto* into = reinterpret_cast<std::uint8_t*>(block.data()) + filled;
    const std::size_t got = source_.read({into, static_cast<std::size_t>(want) - filled});
    if (got == 0) break;
    filled += got;
  }
  block.resize(static_cast<unsigned int>(filled));
  return block;
}

void TagStream::seek(long offset, Position from) {
  std::int64_t base = 0;
  if (from == Current) base = source_.position();
  if (from == End) base = source_.size_bytes();
  source_.seek(base + offset);
}

}  // namespace echofold
