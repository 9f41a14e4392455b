// Which files belong to a piece of music by name: what kind they are, and whose loss matters.
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
  correction,  ///< wvc (for wv), ofc (for ofr, ofs): makes a lossy file lossless
  picture,     ///< jpg, jpeg, png, webp, gif, bmp
  notes,       ///< log, nfo, accurip, json, xmp, description
  checksum,    ///< sfv, md5, ffp, st5, sha1, sha256
  analysis     ///< asd, reapeaks, pkf, sfk: what programs store about a file
};

/// By an extension with its dot, in any case; nothing for files that belong to no music.
std::optional<PartnerKind> partner_kind(std::string_view extension);

/// "lyrics", "karaoke graphics", ...
std::string_view name_of(PartnerKind kind) noexcept;

/// Whether music without this file loses something that is seen, heard or read during playback.
bool is_part_of_the_music(PartnerKind kind) noexcept;

/// Whether music with one extension can have a partner with the other: a correction file belongs to one format.
bool may_belong(std::string_view partner_extension, std::string_view music_extension);

/// By an extension with its dot: the formats that echofold reads, and OptimFROG, which it does not.
bool is_music_extension(std::string_view extension);

}  // namespace echofold
