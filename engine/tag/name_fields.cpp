// One function a field; an empty value is none.
#include "engine/tag/name_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "index/base/text/folding.h"

namespace echofold {
namespace {

std::string_view without_blanks(std::string_view text) noexcept {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::uint32_t> whole_number(std::string_view text) {
  text = without_blanks(text);
  constexpr std::size_t most_digits = 9;
  const auto first = std::min(text.find_first_not_of('0'), text.size());
  if (text.empty() || text.size() - first > most_digits) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "3/12" -> "3"; what is no number ("A1", "1-3") stays as it is.
std::string before_slash(const std::string& value) {
  if (const auto number = number_of(value)) return std::to_string(*number);
  return value;
}

std::string behind_slash(const std::string& value) {
  const auto total = total_of(value);
  return total ? std::to_string(*total) : std::string();
}

std::string year_of(const std::string& date) {
  const bool digits = date.size() >= 4 && std::all_of(date.begin(), date.begin() + 4,
                                                      [](char c) { return c >= '0' && c <= '9'; });
  return digits && (date.size() == 4 || date[4] < '0' || date[4] > '9') ? date.substr(0, 4) : std::string();
}

std::string medium_of(const NameFields& fields) {
  const auto disc = number_of(fields.tags.disc);
  const std::uint32_t discs =
      std::max({fields.discs, total_of(fields.tags.disc).value_or(0), disc.value_or(0)});
  if (!disc || discs < 2) return {};
  return padded(std::to_string(*disc), static_cast<unsigned>(std::to_string(discs).size()));
}

std::string track_artist_of(const NameFields& fields) {
  const bool same = folded(fields.tags.artist) == folded(fields.tags.album_artist);
  return fields.tags.album_artist.empty() || same ? std::string() : fields.tags.artist;
}

struct Field {
  std::string_view name;
  FieldValue value;
};

constexpr std::array fields_known = {
    Field{"artist", [](const NameFields& f) { return f.tags.artist; }},
    Field{"title", [](const NameFields& f) { return f.tags.title; }},
    Field{"album", [](const NameFields& f) { return f.tags.album; }},
    Field{"albumartist", [](const NameFields& f) { return f.tags.album_artist; }},
    Field{"track", [](const NameFields& f) { return before_slash(f.tags.track); }},
    Field{"tracks", [](const NameFields& f) { return behind_slash(f.tags.track); }},
    Field{"disc", [](const NameFields& f) { return before_slash(f.tags.disc); }},
    Field{"discs", [](const NameFields& f) { return behind_slash(f.tags.disc); }},
    Field{"date", [](const NameFields& f) { return f.tags.date; }},
    Field{"year", [](const NameFields& f) { return year_of(f.tags.date); }},
    Field{"medium", medium_of},
    Field{"trackartist", track_artist_of},
};

}  // namespace

std::optional<std::uint32_t> number_of(std::string_view tag) {
  return whole_number(tag.substr(0, tag.find('/')));
}

std::optional<std::uint32_t> total_of(std::string_view tag) {
  const auto slash = tag.find('/');
  return slash == std::string_view::npos ? std::nullopt : whole_number(tag.substr(slash + 1));
}

FieldValue field_named(std::string_view name) noexcept {
  for (const Field& field : fields_known)
    if (field.name == name) return field.value;
  return nullptr;
}

std::string field_names() {
  std::string names;
  for (const Field& field : fields_known) names += (names.empty() ? "" : ", ") + std::string(field.name);
  return names;
}

std::string padded(const std::string& value, unsigned digits) {
  const auto number = whole_number(value);
  if (!number) return value;
  const std::string text = std::to_string(*number);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

}  // namespace echofold
