// The payload of formats whose audio is one range of bytes; the others have sources of their own.
#include "engine/tag/payload.h"

#include <array>
#include <string_view>
#include <utility>

#include "engine/tag/file_bytes.h"
#include "engine/tag/flac_blocks.h"
#include "engine/tag/payload_mp4.h"
#include "engine/tag/payload_ogg.h"
#include "engine/tag/tag_ranges.h"
#include "index/base/error.h"

namespace echofold {
namespace {

using namespace std::literals;

constexpr std::uint64_t asf_head_bytes = 24;  // of an object: its GUID and its size

/// Adds STREAMINFO, then all after the last metadata block.
void add_flac(StreamHash& hash, const FileBytes& file) {
  const std::vector<FlacBlock> blocks = flac_blocks_of(file);
  for (const FlacBlock& block : blocks)
    if (block.kind == FlacBlock::stream_info)
      file.add_to(hash, block.begin + flac_head_bytes, block.end - block.begin - flac_head_bytes);
  file.add_to(hash, blocks.back().end, tag_ranges_of(file).end - blocks.back().end);
}

/// Adds the objects of the header that describe streams, then all after the header.
void add_asf(StreamHash& hash, const FileBytes& file) {
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
  StreamHash hash;
  switch (format) {
    case TagFormat::mpeg:
    case TagFormat::ape:
    case TagFormat::wavpack:
    case TagFormat::musepack: {
      const TagRanges range = tag_ranges_of(file);
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
  return hex_of(hash.digest());
}

}  // namespace echofold
