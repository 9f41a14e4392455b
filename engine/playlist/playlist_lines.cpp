// Works line by line, or tag by tag; copies what is not an entry.
#include "engine/playlist/playlist_lines.h"

#include <algorithm>
#include <optional>

#include "engine/playlist/xml_text.h"

namespace echofold {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view blanks = " \t\r\n";

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(std::string_view text, std::string_view lower_start) noexcept {
  return text.size() >= lower_start.size() && std::equal(lower_start.begin(), lower_start.end(), text.begin(),
                                                         [](char a, char b) { return a == lower(b); });
}

/// A name surrounded by blanks: they may be part of it, or formatting.
std::string with_new_name(std::string_view name, const ReplaceEntry& replace) {
  if (std::string made = replace(std::string(name)); made != name) return made;
  const std::size_t first = std::min(name.find_first_not_of(" \t"), name.size());
  const std::size_t end = name.find_last_not_of(" \t") + 1;
  if (first >= end || (first == 0 && end == name.size())) return std::string(name);
  std::string out(name.substr(0, first));
  out += replace(std::string(name.substr(first, end - first)));
  return out += name.substr(end);
}

/// Where the name starts in "File12=name".
std::optional<std::size_t> name_in_pls(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals < 5 || !begins_with(line, "file")) return std::nullopt;
  for (const char c : line.substr(4, equals - 4))
    if (c < '0' || c > '9') return std::nullopt;
  return equals + 1;
}

/// Handles `FILE "name" WAVE`, with or without quotes.
std::string cue_line(std::string_view line, const ReplaceEntry& replace) {
  std::string as_it_was(line);
  const std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || !begins_with(line.substr(start), "file")) return as_it_was;
  const std::size_t behind = start + std::string_view("file").size();
  const std::size_t name = line.find_first_not_of(" \t", behind);
  if (name == std::string_view::npos || name == behind) return as_it_was;
  const bool quoted = line[name] == '"';
  const std::size_t first = quoted ? name + 1 : name;
  const std::size_t end = quoted ? line.find('"', first) : line.find_last_of(" \t");
  if (end == std::string_view::npos || end <= first) return as_it_was;
  const std::string old(line.substr(first, end - first));
  const std::string made = replace(old);
  if (made == old) return as_it_was;
  const std::string quote = quoted || made.find_first_of(" \t") == std::string::npos ? "" : "\"";
  return std::string(line.substr(0, first)) + quote + made + quote + std::string(line.substr(end));
}

std::string new_line(std::string_view line, PlaylistKind kind, const ReplaceEntry& replace) {
  if (kind == PlaylistKind::cue) return cue_line(line, replace);
  if (kind == PlaylistKind::m3u)
    return line.empty() || line.starts_with('#') ? std::string(line) : with_new_name(line, replace);
  const auto start = name_in_pls(line);
  return start ? std::string(line.substr(0, *start)) + with_new_name(line.substr(*start), replace)
               : std::string(line);
}

std::string new_lines(std::string_view rest, PlaylistKind kind, const ReplaceEntry& replace) {
  std::string out;
  if (rest.starts_with(byte_order_mark)) {
    out += byte_order_mark;
    rest.remove_prefix(byte_order_mark.size());
  }
  while (!rest.empty()) {
    const std::size_t line_end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, line_end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += new_line(line, kind, replace);
    const std::size_t next = std::min(line_end + 1, rest.size());
    out += rest.substr(line.size(), next - line.size());
    rest.remove_prefix(next);
  }
  return out;
}

/// Handles text with entities; blanks around it stay.
/// @param quote  the quote of an attribute; none: text between tags
std::string new_xml_text(std::string_view content, char quote, const ReplaceEntry& replace) {
  const std::size_t first = std::min(content.find_first_not_of(blanks), content.size());
  const std::size_t end = content.find_last_not_of(blanks) + 1;
  if (first >= end) return std::string(content);
  const std::string old = xml_decoded(content.substr(first, end - first));
  const std::string made = replace(old);
  if (made == old) return std::string(content);
  return std::string(content.substr(0, first)) + xml_encoded(made, quote) + std::string(content.substr(end));
}

/// Handles the text between <location> and </location>.
std::string new_locations(std::string_view rest, const ReplaceEntry& replace) {
  std::string out;
  for (;;) {
    const std::size_t open = rest.find("<location");
    const std::size_t start = open == std::string_view::npos ? open : rest.find('>', open);
    const std::size_t end = start == std::string_view::npos ? start : rest.find('<', start);
    if (end == std::string_view::npos) return out += rest;
    out += rest.substr(0, start + 1);
    out += new_xml_text(rest.substr(start + 1, end - start - 1), '\0', replace);
    rest.remove_prefix(end);
  }
}

/// Where the value of an attribute stands in a tag, without its quotes. `first` is 0 if the tag has none.
struct Value {
  std::size_t first = 0, end = 0;
};

Value value_of(std::string_view tag, std::string_view attribute) {
  for (std::size_t at = tag.find_first_of(blanks); at != std::string_view::npos;
       at = tag.find_first_of(blanks, at + 1)) {
    if (!begins_with(tag.substr(at + 1), attribute)) continue;
    const std::size_t equals = tag.find_first_not_of(blanks, at + 1 + attribute.size());
    if (equals == std::string_view::npos || tag[equals] != '=') continue;
    const std::size_t quote = tag.find_first_not_of(blanks, equals + 1);
    if (quote == std::string_view::npos || (tag[quote] != '"' && tag[quote] != '\'')) continue;
    const std::size_t end = tag.find(tag[quote], quote + 1);
    if (end != std::string_view::npos) return Value{quote + 1, end};
  }
  return {};
}

/// Handles the attribute of each such tag: <media src="name"/>, <ref href = "name">.
std::string new_attributes(std::string_view rest, std::string_view element, std::string_view attribute,
                           const ReplaceEntry& replace) {
  std::string out;
  while (!rest.empty()) {
    const std::size_t open = std::min(rest.find('<'), rest.size());
    const std::size_t close = open == rest.size() ? open : rest.find('>', open);
    if (close == std::string_view::npos || open == rest.size()) return out += rest;
    const std::string_view tag = rest.substr(open, close - open);
    const bool wanted = begins_with(tag.substr(1), element) && tag.size() > element.size() + 1 &&
                        blanks.find(tag[element.size() + 1]) != std::string_view::npos;
    const Value value = wanted ? value_of(tag, attribute) : Value{};
    out += rest.substr(0, open);
    if (value.first > 0) {
      const char quote = tag[value.first - 1];
      out += tag.substr(0, value.first);
      out += new_xml_text(tag.substr(value.first, value.end - value.first), quote, replace);
      out += tag.substr(value.end);
    } else {
      out += tag;
    }
    rest.remove_prefix(close);
  }
  return out;
}

}  // namespace

std::string with_new_entries(std::string_view text, PlaylistKind kind, const ReplaceEntry& replace) {
  switch (kind) {
    case PlaylistKind::xspf:
      return new_locations(text, replace);
    case PlaylistKind::wpl:
      return new_attributes(text, "media", "src", replace);
    case PlaylistKind::asx:
      return new_attributes(text, "ref", "href", replace);
    case PlaylistKind::m3u:
    case PlaylistKind::pls:
    case PlaylistKind::cue:
      break;
  }
  return new_lines(text, kind, replace);
}

}  // namespace echofold
