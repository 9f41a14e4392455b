// Matches tag names, and reads two kinds of blocks that neither TagLib nor libav reports.
#include "engine/audio/probe_contents.h"

#include <tpropertymap.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace echofold {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

/// Matches the names of ID3v2 frames and MP4 atoms, and those that programs use. A description follows "LYRICS:", a
/// language follows libav's "lyrics-", and the name follows MP4's "----:com.apple.iTunes:".
bool names_lyrics(std::string_view name) {
  constexpr std::array<std::string_view, 8> names = {
      "LYRICS",        "UNSYNCEDLYRICS", "UNSYNCED LYRICS", "SYNCEDLYRICS",
      "SYNCED LYRICS", "SYLT",           "WM/LYRICS",       "WM/LYRICS_SYNCHRONISED"};
  const std::string text = upper(name);
  const auto is_one = [&](std::string_view part) {
    return std::find(names.begin(), names.end(), part) != names.end();
  };
  const std::size_t end = text.find_first_of(":-/");
  return is_one(text) || is_one(text.substr(text.rfind(':') + 1)) ||
         (text.starts_with("LYRICS") && end == 6) ||
         (end != std::string::npos && is_one(text.substr(0, end)));
}

bool names_cue_sheet(std::string_view name) {
  const std::string text = upper(name);
  return text.substr(text.rfind(':') + 1) == "CUESHEET";
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

void note_texts(const AVDictionary* dictionary, FileContents& contents) {
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    if (is_blank(entry->value)) continue;
    contents.lyrics = contents.lyrics || names_lyrics(entry->key);
    contents.cue_sheet = contents.cue_sheet || names_cue_sheet(entry->key);
  }
}

class Bytes {
 public:
  Bytes(int fd, const std::stop_token& stop) : source_(fd, stop) {}

  std::int64_t size() const noexcept { return source_.size_bytes(); }
  /// @return false if there are fewer bytes
  bool read_at(std::int64_t position, std::span<std::uint8_t> into) noexcept {
    if (position < 0) return false;
    source_.seek(position);
    while (!into.empty()) {
      const std::size_t got = source_.read(into);
      if (got == 0) return false;
      into = into.subspan(got);
    }
    return true;
  }

 private:
  FdSource source_;
};

/// Size of an ID3v2 tag at the front; 0 if there is none.
std::int64_t id3v2_bytes(Bytes& file) {
  constexpr std::int64_t header_bytes = 10;
  constexpr unsigned has_footer = 0x10;
  std::array<std::uint8_t, header_bytes> head{};
  if (!file.read_at(0, head) || head[0] != 'I' || head[1] != 'D' || head[2] != '3') return 0;
  std::int64_t size = 0;
  for (std::size_t i = 6; i < head.size(); ++i) size = size << 7 | (head[i] & 0x7F);
  return header_bytes + size + ((head[5] & has_footer) != 0 ? header_bytes : 0);
}

bool has_cue_sheet_block(Bytes& file) {
  constexpr unsigned cue_sheet = 5, last = 0x80;
  constexpr int most_blocks = 10'000;
  std::array<std::uint8_t, 4> head{};
  std::int64_t at = id3v2_bytes(file);
  if (!file.read_at(at, head) || std::string_view(reinterpret_cast<const char*>(head.data()), 4) != "fLaC")
    return false;
  at += static_cast<std::int64_t>(head.size());
  for (int i = 0; i < most_blocks && file.read_at(at, head); ++i) {
    if ((head[0] & ~last) == cue_sheet) return true;
    if ((head[0] & last) != 0) return false;
    at += static_cast<std::int64_t>(head.size()) + (head[1] << 16 | head[2] << 8 | head[3]);
  }
  return false;
}

/// Lyrics3, before an ID3v1 tag or at the very end. Version 2 can hold other fields, but rarely without lyrics.
bool has_lyrics3(Bytes& file) {
  constexpr std::int64_t id3v1_bytes = 128;
  std::array<std::uint8_t, 9> end{};
  for (const std::int64_t behind : {std::int64_t{0}, id3v1_bytes}) {
    if (!file.read_at(file.size() - behind - static_cast<std::int64_t>(end.size()), end)) continue;
    const std::string_view text(reinterpret_cast<const char*>(end.data()), end.size());
    if (text == "LYRICSEND" || text == "LYRICS200") return true;
  }
  return false;
}

std::uint16_t chapter_count(const AVFormatContext& format) {
  return static_cast<std::uint16_t>(
      std::min<unsigned>(format.nb_chapters, std::numeric_limits<std::uint16_t>::max()));
}

}  // namespace

void note_texts(const TagLib::PropertyMap& properties, FileContents& contents) {
  for (const auto& [name, values] : properties) {
    const bool blank = std::all_of(values.begin(), values.end(),
                                   [](const TagLib::String& value) { return is_blank(value.to8Bit(true)); });
    if (blank) continue;
    contents.lyrics = contents.lyrics || names_lyrics(name.to8Bit(true));
    contents.cue_sheet = contents.cue_sheet || names_cue_sheet(name.to8Bit(true));
  }
  for (const TagLib::String& name : properties.unsupportedData()) {
    contents.lyrics = contents.lyrics || names_lyrics(name.to8Bit(true));
    contents.cue_sheet = contents.cue_sheet || names_cue_sheet(name.to8Bit(true));
  }
}

void probe_contents(const Input& input, int fd, const std::stop_token& stop, FileContents& contents) {
  const AVFormatContext& format = input.format();
  const std::string_view container = format.iformat->name;
  Bytes file(fd, stop);
  contents.chapters = chapter_count(format);
  note_texts(format.metadata, contents);
  note_texts(input.stream().metadata, contents);
  if (container == "mp3" && has_lyrics3(file)) contents.lyrics = true;
  if (container == "flac" && has_cue_sheet_block(file)) {
    contents.cue_sheet = true;
    contents.chapters = 0;  // libav derives them from the cue sheet
  }
}

}  // namespace echofold
