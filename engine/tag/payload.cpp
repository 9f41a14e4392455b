// The formats whose audio is one range of bytes; the others have files of their own.
#include "engine/tag/payload.h"

#include <array>
#include <string_view>
#include <utility>

#include "index/error.h"

namespace echofold {
namespace {

using namespace std::literals;

constexpr std::uint64_t id3v1_bytes = 128;
constexpr std::uint64_t ape_footer_bytes = 32;
constexpr std::uint64_t id3v2_head_bytes = 10;
constexpr std::uint64_t asf_head_bytes = 24;  // of an object: its GUID and its size

struct Range {
  std::uint64_t begin = 0, end = 0;
};

/// ID3v2 tags at the start, one behind the other; their sizes have 7 bits a byte.
std::uint64_t behind_id3v2(const FileBytes& file) {
  std::uint64_t offset = 0;
  while (file.has(offset, "ID3") && file.size() - offset >= id3v2_head_bytes) {
    const std::string head = file.at(offset, id3v2_head_bytes);
    std::uint64_t size = 0;
    for (const char c : head.substr(6)) size = size << 7 | (static_cast<unsigned char>(c) & 0x7fu);
    const bool footer = (static_cast<unsigned char>(head[5]) & 0x10u) != 0;
    offset += id3v2_head_bytes + size + (footer ? id3v2_head_bytes : 0);
    if (offset > file.size()) throw Error(Fault::damaged, "its ID3v2 tag is longer than the file");
  }
  return offset;
}

/// Where the tags at the end begin: APE and ID3v1, in either order.
std::uint64_t before_last_tags(const FileBytes& file, std::uint64_t begin) {
  std::uint64_t end = file.size();
  for (bool found = true; found;) {
    found = false;
    // The name of an APE tag of 131 bytes has a "TAG" just there, too.
    const bool name_of_ape = end - begin > id3v1_bytes + 2 && file.has(end - id3v1_bytes - 3, "APETAGEX");
    if (end - begin >= id3v1_bytes && file.has(end - id3v1_bytes, "TAG") && !name_of_ape) {
      end -= id3v1_bytes;
      found = true;
    }
    if (end - begin >= ape_footer_bytes && file.has(end - ape_footer_bytes, "APETAGEX")) {
      const std::uint64_t size = file.little(end - ape_footer_bytes + 12, 4);
      const bool header = (file.little(end - ape_footer_bytes + 20, 4) >> 31) != 0;
      const std::uint64_t whole = size + (header ? ape_footer_bytes : 0);
      if (size < ape_footer_bytes || whole > end - begin)
        throw Error(Fault::damaged, "its APE tag is longer than the file");
      end -= whole;
      found = true;
    }
  }
  return end;
}

Range between_tags(const FileBytes& file) {
  const std::uint64_t begin = behind_id3v2(file);
  return {begin, before_last_tags(file, begin)};
}

/// STREAMINFO, then all behind the last block of metadata.
void add_flac(ByteHash& hash, const FileBytes& file) {
  const Range range = between_tags(file);
  if (!file.has(range.begin, "fLaC")) throw Error(Fault::damaged, "it has no FLAC stream");
  std::uint64_t offset = range.begin + 4;
  for (bool last = false; !last;) {
    const std::uint64_t kind = file.big(offset, 1);
    const std::uint64_t size = file.big(offset + 1, 3);
    last = (kind & 0x80u) != 0;
    if ((kind & 0x7fu) == 0) file.add_to(hash, offset + 4, size);
    offset += 4 + size;
  }
  if (offset > range.end) throw Error(Fault::damaged, "its metadata is longer than the file");
  file.add_to(hash, offset, range.end - offset);
}

/// The objects of the header that describe streams, then all behind the header.
void add_asf(ByteHash& hash, const FileBytes& file) {
  constexpr auto header = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"sv;
  constexpr auto stream = "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65"sv;
  if (!file.has(0, header)) throw Error(Fault::damaged, "it has no ASF header");
  const std::uint64_t end = file.little(16, 8);
  if (end < 30 || end > file.size()) throw Error(Fault::damaged, "its header is longer than the file");
  for (std::uint64_t offset = 30; end - offset >= asf_head_bytes;) {
    const std::uint64_t size = file.little(offset + 16, 8);
    if (size < asf_head_bytes || size > end - offset)
      throw Error(Fault::damaged, "an object of its header is cut");
    if (file.has(offset, stream)) file.add_to(hash, offset, size);
    offset += size;
  }
  file.add_to(hash, end, file.size() - end);
}

}  // namespace

std::optional<TagFormat> tag_format_of(const AudioProperties& properties) noexcept {
  if (properties.container == "ogg") {
    if (properties.codec == "vorbis") return TagFormat::ogg_vorbis;
    if (properties.codec == "opus") return TagFormat::ogg_opus;
    if (properties.codec == "flac") return TagFormat::ogg_flac;
    return std::nullopt;
  }
  constexpr std::array<std::pair<std::string_view, TagFormat>, 8> formats = {{
      {"mp3", TagFormat::mpeg},
      {"flac", TagFormat::flac},
      {"mov,mp4,m4a,3gp,3g2,mj2", TagFormat::mp4},
      {"asf", TagFormat::asf},
      {"ape", TagFormat::ape},
      {"wv", TagFormat::wavpack},
      {"mpc", TagFormat::musepack},
      {"mpc8", TagFormat::musepack},
  }};
  for (const auto& [demuxer, format] : formats)
    if (properties.container == demuxer) return format;
  return std::nullopt;
}

std::string payload_hash(int fd, TagFormat format) {
  const FileBytes file(fd);
  ByteHash hash;
  switch (format) {
    case TagFormat::mpeg:
    case TagFormat::ape:
    case TagFormat::wavpack:
    case TagFormat::musepack: {
      const Range range = between_tags(file);
      file.add_to(hash, range.begin, range.end - range.begin);
      break;
    }
    case TagFormat::flac:
      add_flac(hash, file);
      break;
    case TagFormat::ogg_vorbis:
    case TagFormat::ogg_opus:
    case TagFormat::ogg_flac:
      add_ogg_payload(hash, file);
      break;
    case TagFormat::mp4:
      add_mp4_payload(hash, file);
      break;
    case TagFormat::asf:
      add_asf(hash, file);
      break;
  }
  return hash.hex();
}

}  // namespace echofold
