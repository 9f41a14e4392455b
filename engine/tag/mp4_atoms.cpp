// Reads sizes of 32 and 64 bits, and that of an atom that reaches to the end.
#include "engine/tag/mp4_atoms.h"

#include <algorithm>
#include <array>

#include "index/base/error.h"

namespace echofold {

std::vector<Mp4Atom> mp4_atoms_in(const FileBytes& file, std::uint64_t begin, std::uint64_t end) {
  std::vector<Mp4Atom> atoms;
  for (std::uint64_t offset = begin; end - offset >= 8;) {
    std::uint64_t size = file.big(offset, 4);
    std::uint64_t head = 8;
    if (size == 1) {
      size = file.big(offset + 8, 8);
      head = 16;
    } else if (size == 0) {
      size = end - offset;  // it reaches to the end
    }
    if (size < head || size > end - offset)
      throw Error(Fault::damaged, "a part of it is longer than the file");
    atoms.push_back({file.at(offset + 4, 4), offset, offset + head, offset + size});
    offset += size;
  }
  return atoms;
}

std::uint64_t mp4_meta_body(const FileBytes& file, const Mp4Atom& meta) {
  constexpr std::uint64_t version_bytes = 4;
  const bool without = file.has(meta.body + 4, "hdlr");
  return without || meta.end - meta.body < version_bytes ? meta.body : meta.body + version_bytes;
}

bool is_mp4_folder(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 5> folders = {"trak", "mdia", "minf", "stbl", "edts"};
  return std::find(folders.begin(), folders.end(), name) != folders.end();
}

}  // namespace echofold
