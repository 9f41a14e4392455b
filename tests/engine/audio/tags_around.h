// Tags as bytes, to put before and after real audio.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace echofold::test {

inline std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string synchsafe(std::size_t value) {
  std::string text;
  for (int i = 3; i >= 0; --i) text += static_cast<char>(value >> (7 * i) & 0x7F);
  return text;
}

inline std::string id3v2_frame(const std::string& name, const std::string& content) {
  return name + synchsafe(content.size()) + std::string(2, '\0') + content;
}

/// Text in UTF-8.
inline std::string id3v2_text(const std::string& name, const std::string& text) {
  return id3v2_frame(name, "\x03" + text);
}

/// Version 2.4.
/// @param footer  with a footer, as in a tag after the audio
inline std::string id3v2(const std::string& frames, bool footer = false) {
  const std::string rest = std::string("\x04\0", 2) + (footer ? '\x10' : '\0') + synchsafe(frames.size());
  return "ID3" + rest + frames + (footer ? "3DI" + rest : "");
}

/// With a cover of this size that is not a picture and contains no MPEG sync words.
inline std::string large_id3v2(std::size_t bytes, const std::string& title = "Title") {
  std::string picture("\0image/jpeg\0\x03\0\xFF\xD8\xFF\xE0", 18);
  for (std::size_t i = 0; i < bytes; ++i) picture += static_cast<char>(i * 7919 >> 3 & 0x7F);
  return id3v2(id3v2_text("TIT2", title) + id3v2_frame("APIC", picture));
}

inline std::string id3v1(const std::string& title, const std::string& artist, const std::string& album = "",
                         int track = 0, const std::string& year = "") {
  const auto field = [](std::string text, std::size_t bytes) {
    text.resize(bytes, '\0');
    return text;
  };
  return "TAG" + field(title, 30) + field(artist, 30) + field(album, 30) + field(year, 4) + field("", 29) +
         static_cast<char>(track) + '\xFF';
}

inline std::string ape_tag(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string body;
  for (const auto& [name, value] : items)
    body += little_endian(value.size(), 4) + little_endian(0, 4) + name + '\0' + value;
  const auto head = [&](std::uint32_t flags) {
    return "APETAGEX" + little_endian(2000, 4) + little_endian(body.size() + 32, 4) +
           little_endian(items.size(), 4) + little_endian(flags, 4) + std::string(8, '\0');
  };
  return head(0xA000'0000) + body + head(0x8000'0000);
}

inline std::string lyrics3() {
  const std::string body = "LYRICSBEGININD0000210LYR00018[00:01]la la la la";
  std::string digits = std::to_string(body.size());
  digits.insert(0, 6 - digits.size(), '0');
  return body + digits + "LYRICS200" + id3v1("", "");
}

}  // namespace echofold::test
