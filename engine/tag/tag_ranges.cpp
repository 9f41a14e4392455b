// Reads the sizes of tags at both ends, never past the other end.
#include "engine/tag/tag_ranges.h"

#include <algorithm>
#include <string>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint64_t id3v1_bytes = 128;
constexpr std::uint64_t ape_footer_bytes = 32;
constexpr std::uint64_t id3v2_head_bytes = 10;

/// Finds consecutive ID3v2 tags at the start; their sizes have 7 bits per byte.
void find_in_front(const FileBytes& file, TagRanges& ranges) {
  while (file.has(ranges.begin, "ID3") && file.size() - ranges.begin >= id3v2_head_bytes) {
    const std::string head = file.at(ranges.begin, id3v2_head_bytes);
    std::uint64_t size = 0;
    for (const char c : head.substr(6)) size = size << 7 | (static_cast<unsigned char>(c) & 0x7fu);
    const bool footer = (static_cast<unsigned char>(head[5]) & 0x10u) != 0;
    const std::uint64_t whole = id3v2_head_bytes + size + (footer ? id3v2_head_bytes : 0);
    if (whole > file.size() - ranges.begin)
      throw Error(Fault::damaged, "its ID3v2 tag is longer than the file");
    ranges.tags.push_back({TagRange::Kind::id3v2, ranges.begin, ranges.begin + whole});
    ranges.begin += whole;
  }
}

/// The size of the tag that ends at `end`; 0: none.
std::uint64_t last_tag_bytes(const FileBytes& file, std::uint64_t begin, std::uint64_t end, TagRange& tag) {
  // "APETAGEX" in an APE tag of 131 bytes has a "TAG" at the same place.
  const bool name_of_ape = end - begin > id3v1_bytes + 2 && file.has(end - id3v1_bytes - 3, "APETAGEX");
  if (end - begin >= id3v1_bytes && file.has(end - id3v1_bytes, "TAG") && !name_of_ape) {
    tag.kind = TagRange::Kind::id3v1;
    return id3v1_bytes;
  }
  if (end - begin < ape_footer_bytes || !file.has(end - ape_footer_bytes, "APETAGEX")) return 0;
  const std::uint64_t size = file.little(end - ape_footer_bytes + 12, 4);
  const bool header = (file.little(end - ape_footer_bytes + 20, 4) >> 31) != 0;
  const std::uint64_t whole = size + (header ? ape_footer_bytes : 0);
  if (size < ape_footer_bytes || whole > end - begin)
    throw Error(Fault::damaged, "its APE tag is longer than the file");
  tag.kind = TagRange::Kind::ape;
  return whole;
}

}  // namespace

std::vector<TagRange> TagRanges::of(TagRange::Kind kind) const {
  std::vector<TagRange> found;
  std::copy_if(tags.begin(), tags.end(), std::back_inserter(found),
               [&](const TagRange& tag) { return tag.kind == kind; });
  return found;
}

TagRanges tag_ranges_of(const FileBytes& file) {
  TagRanges ranges;
  find_in_front(file, ranges);
  ranges.end = file.size();
  const std::size_t in_front = ranges.tags.size();
  TagRange tag;
  while (const std::uint64_t bytes = last_tag_bytes(file, ranges.begin, ranges.end, tag)) {
    tag.end = ranges.end;
    tag.begin = ranges.end -= bytes;
    ranges.tags.insert(ranges.tags.begin() + static_cast<std::ptrdiff_t>(in_front), tag);
  }
  return ranges;
}

}  // namespace echofold
