// Tries the ways in which an entry can be meant; the first that leads to an old place is its style.
#include "engine/playlist/entry_path.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "engine/json.h"

namespace echofold {
namespace {

constexpr std::string_view file_scheme = "file://";

/// How a name is written.
struct Style {
  bool uri = false, host = false, absolute = false, backslashes = false, latin1 = false;
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? hex_digit(text[i + 1]) : -1;
    const int low = escape ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      bytes += text[i];
      continue;
    }
    bytes += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return bytes;
}

/// All but what a path in a URI may hold (RFC 3986).
std::string percent_encoded(const std::string& bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~!$&'()*+,;=:@/";
  std::string text;
  for (const char c : bytes) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string from_latin1(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

/// Nothing when it holds a letter that Latin-1 has not.
std::optional<std::string> to_latin1(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      bytes += text[i];
      continue;
    }
    if ((byte != 0xc2 && byte != 0xc3) || i + 1 >= text.size()) return std::nullopt;
    bytes += static_cast<char>((byte & 3u) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3fu));
  }
  return bytes;
}

std::string absolute(const std::string& path, const std::string& folder) {
  const std::filesystem::path whole =
      path.starts_with('/') ? std::filesystem::path(path) : std::filesystem::path(folder) / path;
  return whole.lexically_normal().native();
}

/// Where the entry leads when it is meant in this style; an absolute path.
std::optional<std::string> meant(const std::string& entry, const std::string& folder, Style& style) {
  std::string path = entry;
  if (style.uri) {
    if (path.starts_with(file_scheme)) {
      path.erase(0, file_scheme.size());
      style.host = path.starts_with("localhost/");
      if (style.host) path.erase(0, std::string_view("localhost").size());
      if (!path.starts_with('/')) return std::nullopt;  // on another machine
    } else if (path.find("://") != std::string::npos) {
      return std::nullopt;
    }
    path = percent_decoded(path);
  }
  if (style.latin1) {
    if (is_utf8(path)) return std::nullopt;
    path = from_latin1(path);
  }
  if (style.backslashes) {
    if (path.find('\\') == std::string::npos) return std::nullopt;
    std::replace(path.begin(), path.end(), '\\', '/');
  }
  if (path.empty() || path.find('\0') != std::string::npos) return std::nullopt;
  style.absolute = path.starts_with('/');
  return absolute(path, folder);
}

/// "./" at the start is a matter of style, too.
std::string relative(const std::string& target, const std::string& folder, const std::string& entry) {
  const std::string path = std::filesystem::path(target).lexically_relative(folder).native();
  return (entry.starts_with("./") && !path.starts_with("../") ? "./" : "") + path;
}

std::optional<std::string> written(const std::string& target, const std::string& folder,
                                   const std::string& entry, const Style& style) {
  std::string path = style.absolute ? target : relative(target, folder, entry);
  if (style.backslashes) std::replace(path.begin(), path.end(), '/', '\\');
  if (style.latin1) {
    auto bytes = to_latin1(path);
    if (!bytes) return std::nullopt;
    path = *std::move(bytes);
  }
  if (!style.uri) {
    // What would not come back as one line, or be taken for a comment.
    const bool lost = path.find_first_of("\r\n") != std::string::npos || path.starts_with('#');
    return lost ? std::nullopt : std::optional(path);
  }
  const std::string start = !entry.starts_with(file_scheme) ? ""
                            : style.host                    ? "file://localhost"
                                                            : "file://";
  return start + percent_encoded(path);
}

}  // namespace

std::optional<std::string> entry_now(const std::string& entry, const std::string& folder, EntryText text,
                                     const NewPlaces& places) {
  const bool uri = text == EntryText::uri || entry.starts_with(file_scheme);
  for (const bool latin1 : {false, true})
    for (const bool backslashes : {false, true}) {
      Style style{.uri = uri, .backslashes = backslashes && !uri, .latin1 = latin1};
      if (backslashes && uri) continue;
      const auto path = meant(entry, folder, style);
      const auto place = path ? places.find(*path) : places.end();
      if (place != places.end()) return written(place->second, folder, entry, style);
    }
  return std::nullopt;
}

}  // namespace echofold
