// Magic numbers at fixed positions. An MPEG frame is recognised by its sync bits and by values that its header must
// not have.
#include "engine/library/music_signature.h"

#include <algorithm>
#include <array>

namespace echofold {
namespace {

struct Signature {
  std::string_view at_start,
      at_8;  ///< at byte 8: what distinguishes RIFF or IFF files; empty: anything
};

constexpr std::array signatures = std::to_array<Signature>({
    {"fLaC", ""},
    {"OggS", ""},
    {"ID3", ""},
    {"RIFF", "WAVE"},
    {"RF64", "WAVE"},
    {"FORM", "AIFF"},
    {"FORM", "AIFC"},
    {"wvpk", ""},
    {"MAC ", ""},
    {"TTA1", ""},
    {"MPCK", ""},
    {"MP+", ""},
    {"DSD ", ""},
    {"FRM8", ""},
    {"riff\x2e\x91\xcf\x11", ""},
    {"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ""},  // ASF
    {"\x1a\x45\xdf\xa3", ""},                  // Matroska
});

bool is_mpeg_frame(std::string_view bytes) noexcept {
  if (bytes.size() < 4 || bytes.starts_with("\xff\xfe")) return false;  // UTF-16 text also begins like this
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const bool sync = at(0) == 0xff && (at(1) & 0xe0) == 0xe0;
  const unsigned version = at(1) >> 3 & 3, layer = at(1) >> 1 & 3, bit_rate = at(2) >> 4,
                 rate = at(2) >> 2 & 3;
  const bool is_adts = (at(1) & 0xf6) == 0xf0;
  if (is_adts) return sync && (at(2) >> 2 & 15) < 13;
  return sync && version != 1 && layer != 0 && bit_rate != 15 && rate != 3;
}

}  // namespace

bool has_music_signature(std::string_view first_bytes) noexcept {
  const bool is_mp4 = first_bytes.size() >= 8 && first_bytes.substr(4, 4) == "ftyp";
  return is_mp4 || is_mpeg_frame(first_bytes) ||
         std::any_of(signatures.begin(), signatures.end(), [&](const Signature& one) {
           if (!first_bytes.starts_with(one.at_start)) return false;
           return one.at_8.empty() || (first_bytes.size() >= 12 && first_bytes.substr(8, 4) == one.at_8);
         });
}

}  // namespace echofold
