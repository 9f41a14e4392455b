// Finds tags by the markers and sizes of their specifications; does not read their contents.
#include "engine/audio/outer_tags.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/audio/byte_view.h"

namespace echofold {
namespace {

constexpr std::int64_t id3v2_head = 10;
constexpr std::int64_t id3v1_bytes = 128, extended_id3v1_bytes = 227;
constexpr std::int64_t ape_head = 32;
constexpr std::uint64_t flag_header = 1ULL << 31;     // flag of an APE tag: it has a header
constexpr std::uint64_t flag_is_header = 1ULL << 29;  // this is the header, not the footer

/// Seven bits of each byte; -1 if an eighth bit is set.
std::int64_t synchsafe(const ByteView& file, std::int64_t at) {
  const std::uint64_t raw = file.big(at, 4);
  if ((raw & 0x80808080U) != 0) return -1;
  return static_cast<std::int64_t>((raw >> 24 & 0x7F) << 21 | (raw >> 16 & 0x7F) << 14 |
                                   (raw >> 8 & 0x7F) << 7 | (raw & 0x7F));
}

/// Bytes of the tag that begins here; 0 if there is none.
std::int64_t leading_tag(const ByteView& file, std::int64_t at) {
  if (file.has(at, "ID3")) {
    const std::int64_t size = synchsafe(file, at + 6);
    const bool footer = (file.big(at + 5, 1) & 0x10U) != 0;
    return size < 0 ? 0 : id3v2_head + size + (footer ? id3v2_head : 0);
  }
  if (file.has(at, "APETAGEX") && (file.little(at + 20, 4) & flag_is_header) != 0)
    return ape_head + static_cast<std::int64_t>(file.little(at + 12, 4));
  return 0;
}

/// An MP4 begins with the size of its first box, whose first bytes are also zeros.
std::int64_t without_box_size(const ByteView& file, std::int64_t at) {
  for (std::int64_t zeros = 1; zeros <= 3; ++zeros)
    if (file.has(at - zeros + 4, "ftyp")) return at - zeros;
  return at;
}

/// The position after padding, or `at` if there is none.
std::int64_t after_zeros(const ByteView& file, std::int64_t at) {
  constexpr std::size_t block = std::size_t{64} << 10;
  constexpr std::int64_t longest = std::int64_t{16} << 20, shortest = 4;
  const std::int64_t start = at;
  while (at < file.size() && at - start < longest) {
    const auto bytes = file.read(at, block);
    const auto sound = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b != 0; });
    at += sound - bytes.begin();
    if (bytes.empty()) break;
    if (sound != bytes.end()) return at - start < shortest ? start : without_box_size(file, at);
  }
  return start;  // nothing but zeros
}

/// Lyrics3 version 1 stores no size: its start is searched for within its maximum length.
std::int64_t lyrics3_v1(const ByteView& file, std::int64_t end) {
  constexpr std::int64_t longest = 11 + 5100 + 9;
  const std::int64_t from = std::max<std::int64_t>(end - longest, 0);
  const auto bytes = file.read(from, static_cast<std::size_t>(end - from));
  constexpr std::string_view mark = "LYRICSBEGIN";
  const auto found = std::find_end(bytes.begin(), bytes.end(), mark.begin(), mark.end());
  return found == bytes.end() ? 0 : bytes.end() - found;
}

std::int64_t lyrics3_v2(const ByteView& file, std::int64_t end) {
  constexpr std::int64_t tail = 15;  // six digits and the marker
  std::int64_t size = 0;
  for (const std::uint8_t digit : file.read(end - tail, 6)) {
    if (digit < '0' || digit > '9') return 0;
    size = size * 10 + (digit - '0');
  }
  return file.has(end - tail - size, "LYRICSBEGIN") ? size + tail : 0;
}

std::int64_t trailing_ape(const ByteView& file, std::int64_t end) {
  const std::int64_t foot = end - ape_head;
  const auto size = static_cast<std::int64_t>(file.little(foot + 12, 4));
  const bool header = (file.little(foot + 20, 4) & flag_header) != 0;
  return size < ape_head ? 0 : size + (header ? ape_head : 0);
}

/// Bytes of the tag that ends before `end`; 0 if there is none.
std::int64_t trailing_tag(const ByteView& file, std::int64_t end) {
  if (file.has(end - ape_head, "APETAGEX")) return trailing_ape(file, end);
  if (file.has(end - 9, "LYRICS200")) return lyrics3_v2(file, end);
  if (file.has(end - 9, "LYRICSEND")) return lyrics3_v1(file, end);
  if (file.has(end - id3v2_head, "3DI")) {
    const std::int64_t size = synchsafe(file, end - 4);
    return size < 0 || !file.has(end - size - 2 * id3v2_head, "ID3") ? 0 : size + 2 * id3v2_head;
  }
  // The three letters alone are not enough: they are also part of an APE tag's marker.
  if (file.has(end - id3v1_bytes, "TAG") && !file.has(end - id3v1_bytes - 3, "APETAGEX"))
    return file.has(end - id3v1_bytes - extended_id3v1_bytes, "TAG+") ? id3v1_bytes + extended_id3v1_bytes
                                                                      : id3v1_bytes;
  return 0;
}

}  // namespace

std::int64_t leading_tag_bytes(const FdSource& source, std::int64_t at) {
  return leading_tag(ByteView(source), at);
}

Span without_outer_tags(const FdSource& source) {
  const ByteView file(source);
  Span span{0, 0, file.size()};
  int parts = 0;
  for (std::int64_t size = 1; size > 0 && parts < most_parts; ++parts) {
    size = leading_tag(file, span.begin);
    if (span.begin + size >= file.size()) break;
    if (size > 0 && !file.has(span.begin, "ID3")) span.id3v2 = span.begin + size;
    span.begin += size;
    // Padding after a tag, or before one.
    const std::int64_t next = after_zeros(file, span.begin);
    if (next <= span.begin || next >= file.size()) continue;
    size = 1;
    span.begin = span.id3v2 = next;
  }
  for (std::int64_t size = 1; size > 0 && parts < 2 * most_parts; span.end -= size, ++parts) {
    size = trailing_tag(file, span.end);
    if (size <= 0 || span.end - size <= span.begin) break;
  }
  return span;
}

}  // namespace echofold
