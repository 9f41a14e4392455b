// Which files belong to a piece of music by their name: what they are, and whose loss matters.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace echofold {

enum class PartnerKind : std::uint8_t {
  lyrics,      ///< lrc, elrc, krc, qrc, txt
  subtitles,   ///< srt, vtt, ass, ssa, ttml
  karaoke,     ///< cdg: the pictures of a karaoke disc
  cue_sheet,   ///< cue
  correction,  ///< wvc (of wv), ofc (of ofr, ofs): what makes a lossy half lossless
  picture,     ///< jpg, jpeg, png, webp, gif, bmp
  notes,       ///< log, nfo, accurip, json, xmp, description
  checksum,    ///< sfv, md5, ffp, st5, sha1, sha256
  analysis     ///< asd, reapeaks, pkf, sfk: what programs note of a file
};

/// By an extension with its dot, in either case; nothing for files that go along with no music.
std::optional<PartnerKind> partner_kind(std::string_view extension);

/// "lyrics", "karaoke graphics", ...
std::string_view name_of(PartnerKind kind) noexcept;

/// Whether music loses something that is seen, heard or read when it is played without this.
bool is_part_of_the_music(PartnerKind kind) noexcept;

/// Whether music of this extension can have a partner of that one: correction files belong to one format each.
bool may_belong(std::string_view partner_extension, std::string_view music_extension);

/// By an extension with its dot: what echofold reads, and OptimFROG, which it does not.
bool is_music_extension(std::string_view extension);

}  // namespace echofold
