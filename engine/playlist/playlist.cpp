// Line by line, or location by location; what is not an entry is copied.
#include "engine/playlist/playlist.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace echofold {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// Where the name of a file begins in a line without its end; nothing for lines that name none.
std::optional<std::size_t> name_in_m3u(std::string_view line) {
  if (line.empty() || line.starts_with('#')) return std::nullopt;
  return 0;
}

/// "File12=name"
std::optional<std::size_t> name_in_pls(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals < 5 || lower(line.substr(0, 4)) != "file")
    return std::nullopt;
  for (const char c : line.substr(4, equals - 4))
    if (c < '0' || c > '9') return std::nullopt;
  return equals + 1;
}

class Rewriting {
 public:
  Rewriting(const std::string& folder, const NewPlaces& places) : folder_(folder), places_(places) {}

  /// @return the entry as it should be now
  std::string entry(const std::string& old, EntryText text) {
    if (auto now = entry_now(old, folder_, text, places_)) {
      ++out_.entries;
      return *std::move(now);
    }
    return old;
  }

  void copy(std::string_view bytes) { out_.bytes += bytes; }

  std::optional<NewPlaylist> finish() && {
    return out_.entries == 0 ? std::nullopt : std::optional(std::move(out_));
  }

 private:
  const std::string& folder_;
  const NewPlaces& places_;
  NewPlaylist out_;
};

void rewrite_line(std::string_view line, PlaylistKind kind, Rewriting& rewriting) {
  const auto start = kind == PlaylistKind::pls ? name_in_pls(line) : name_in_m3u(line);
  if (!start) return rewriting.copy(line);
  rewriting.copy(line.substr(0, *start));
  const std::string_view name = line.substr(*start);
  const std::string now = rewriting.entry(std::string(name), EntryText::plain);
  if (now != name) return rewriting.copy(now);
  // Blanks around a name are part of it, or of the taste of its writer.
  const std::size_t first = std::min(name.find_first_not_of(" \t"), name.size());
  const std::size_t end = name.find_last_not_of(" \t") + 1;
  if (first >= end || (first == 0 && end == name.size())) return rewriting.copy(name);
  rewriting.copy(name.substr(0, first));
  rewriting.copy(rewriting.entry(std::string(name.substr(first, end - first)), EntryText::plain));
  rewriting.copy(name.substr(end));
}

void rewrite_lines(std::string_view rest, PlaylistKind kind, Rewriting& rewriting) {
  if (rest.starts_with(byte_order_mark)) {
    rewriting.copy(byte_order_mark);
    rest.remove_prefix(byte_order_mark.size());
  }
  while (!rest.empty()) {
    const std::size_t line_end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, line_end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    rewrite_line(line, kind, rewriting);
    const std::size_t next = std::min(line_end + 1, rest.size());
    rewriting.copy(rest.substr(line.size(), next - line.size()));
    rest.remove_prefix(next);
  }
}

constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};

/// A number below 128 only: the rest of a URI is percent-encoded.
std::optional<char> numbered(std::string_view entity) {
  if (!entity.starts_with("&#") || !entity.ends_with(';')) return std::nullopt;
  std::string_view digits = entity.substr(2, entity.size() - 3);
  const bool hex = digits.starts_with('x');
  if (hex) digits.remove_prefix(1);
  unsigned value = 0;
  for (const char c : digits) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(lower({&c, 1}));
    if (digit >= (hex ? 16u : 10u)) return std::nullopt;
    value = value * (hex ? 16 : 10) + static_cast<unsigned>(digit);
    if (value > 127) return std::nullopt;
  }
  return digits.empty() || value == 0 ? std::nullopt : std::optional(static_cast<char>(value));
}

std::string xml_decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.front() == '&' ? text.find(';') : std::string_view::npos;
    const std::string_view entity = end == std::string_view::npos ? "" : text.substr(0, end + 1);
    const auto named = std::find_if(entities.begin(), entities.end(),
                                    [&](const auto& known) { return known.first == entity; });
    const auto number = numbered(entity);
    const bool known = named != entities.end() || number;
    out += !known ? text.front() : number ? *number : named->second;
    text.remove_prefix(known ? entity.size() : 1);
  }
  return out;
}

std::string xml_encoded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto known = std::find_if(entities.begin(), entities.begin() + 3,
                                    [&](const auto& entity) { return entity.second == c; });
    if (known == entities.begin() + 3)
      out += c;
    else
      out += known->first;
  }
  return out;
}

/// The text between <location> and </location>, with blanks around it.
void rewrite_location(std::string_view content, Rewriting& rewriting) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = std::min(content.find_first_not_of(blank), content.size());
  const std::size_t end = content.find_last_not_of(blank) + 1;
  if (first >= end) return rewriting.copy(content);
  const std::string old = xml_decoded(content.substr(first, end - first));
  const std::string now = rewriting.entry(old, EntryText::uri);
  if (now == old) return rewriting.copy(content);
  rewriting.copy(content.substr(0, first));
  rewriting.copy(xml_encoded(now));
  rewriting.copy(content.substr(end));
}

void rewrite_locations(std::string_view rest, Rewriting& rewriting) {
  for (;;) {
    const std::size_t open = rest.find("<location");
    const std::size_t start = open == std::string_view::npos ? open : rest.find('>', open);
    const std::size_t end = start == std::string_view::npos ? start : rest.find('<', start);
    if (end == std::string_view::npos) return rewriting.copy(rest);
    rewriting.copy(rest.substr(0, start + 1));
    rewrite_location(rest.substr(start + 1, end - start - 1), rewriting);
    rest.remove_prefix(end);
  }
}

}  // namespace

std::optional<PlaylistKind> playlist_kind(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  const std::string extension =
      dot == std::string::npos || path[dot] == '/' ? "" : lower(path.substr(dot + 1));
  if (extension == "m3u" || extension == "m3u8") return PlaylistKind::m3u;
  if (extension == "pls") return PlaylistKind::pls;
  if (extension == "xspf") return PlaylistKind::xspf;
  return std::nullopt;
}

std::optional<NewPlaylist> playlist_now(const std::string& bytes, PlaylistKind kind,
                                        const std::string& folder, const NewPlaces& places) {
  Rewriting rewriting(folder, places);
  if (kind == PlaylistKind::xspf)
    rewrite_locations(bytes, rewriting);
  else
    rewrite_lines(bytes, kind, rewriting);
  return std::move(rewriting).finish();
}

}  // namespace echofold
