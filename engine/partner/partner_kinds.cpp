// The table of kinds.
#include "engine/partner/partner_kinds.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/library/walk.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

struct Ending {
  std::string_view extension;
  PartnerKind kind;
};

constexpr Ending endings[] = {
    {".lrc", PartnerKind::lyrics},     {".elrc", PartnerKind::lyrics},
    {".krc", PartnerKind::lyrics},     {".qrc", PartnerKind::lyrics},
    {".txt", PartnerKind::lyrics},     {".srt", PartnerKind::subtitles},
    {".vtt", PartnerKind::subtitles},  {".ass", PartnerKind::subtitles},
    {".ssa", PartnerKind::subtitles},  {".ttml", PartnerKind::subtitles},
    {".cdg", PartnerKind::karaoke},    {".cue", PartnerKind::cue_sheet},
    {".wvc", PartnerKind::correction}, {".ofc", PartnerKind::correction},
    {".jpg", PartnerKind::picture},    {".jpeg", PartnerKind::picture},
    {".png", PartnerKind::picture},    {".webp", PartnerKind::picture},
    {".gif", PartnerKind::picture},    {".bmp", PartnerKind::picture},
    {".log", PartnerKind::notes},      {".nfo", PartnerKind::notes},
    {".accurip", PartnerKind::notes},  {".json", PartnerKind::notes},
    {".xmp", PartnerKind::notes},      {".description", PartnerKind::notes},
    {".sfv", PartnerKind::checksum},   {".md5", PartnerKind::checksum},
    {".ffp", PartnerKind::checksum},   {".st5", PartnerKind::checksum},
    {".sha1", PartnerKind::checksum},  {".sha256", PartnerKind::checksum},
    {".asd", PartnerKind::analysis},   {".reapeaks", PartnerKind::analysis},
    {".pkf", PartnerKind::analysis},   {".sfk", PartnerKind::analysis},
};

}  // namespace

std::optional<PartnerKind> partner_kind(std::string_view extension) {
  const std::string lower = folded(extension);
  const auto known = std::find_if(std::begin(endings), std::end(endings),
                                  [&](const Ending& e) { return e.extension == lower; });
  return known == std::end(endings) ? std::nullopt : std::optional(known->kind);
}

std::string_view name_of(PartnerKind kind) noexcept {
  switch (kind) {
    case PartnerKind::lyrics:
      return "lyrics";
    case PartnerKind::subtitles:
      return "subtitles";
    case PartnerKind::karaoke:
      return "karaoke graphics";
    case PartnerKind::cue_sheet:
      return "a cue sheet";
    case PartnerKind::correction:
      return "a correction file";
    case PartnerKind::picture:
      return "a picture";
    case PartnerKind::notes:
      return "notes";
    case PartnerKind::checksum:
      return "checksums";
    case PartnerKind::analysis:
      break;
  }
  return "an analysis";
}

bool is_part_of_the_music(PartnerKind kind) noexcept {
  return kind == PartnerKind::lyrics || kind == PartnerKind::subtitles || kind == PartnerKind::karaoke ||
         kind == PartnerKind::cue_sheet;
}

bool may_belong(std::string_view partner_extension, std::string_view music_extension) {
  const std::string partner = folded(partner_extension), music = folded(music_extension);
  if (partner == ".wvc") return music == ".wv";
  if (partner == ".ofc") return music == ".ofr" || music == ".ofs";
  return true;
}

bool is_music_extension(std::string_view extension) {
  static const std::vector<std::string> known = [] {
    std::vector<std::string> all = WalkSettings().extensions;
    all.insert(all.end(), {"ofr", "ofs"});
    return all;
  }();
  const std::string lower = folded(extension);
  return std::any_of(known.begin(), known.end(), [&](const std::string& one) { return "." + one == lower; });
}

}  // namespace echofold
