// One function for each field. Empty: the track has no such value.
#include "engine/tag/name_fields.h"

#include <algorithm>
#include <array>

#include "index/base/text/folding.h"
#include "index/model/album.h"

namespace echofold {
namespace {

/// "3/12" -> "3"; what is not a number ("A1", "1-3") stays as it is.
std::string before_slash(const std::string& value) {
  if (const auto number = number_of(value)) return std::to_string(*number);
  return value;
}

std::string behind_slash(const std::string& value) {
  const auto total = total_of(value);
  return total ? std::to_string(*total) : std::string();
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
    Field{"year", [](const NameFields& f) { return std::string(year_of(f.tags.date)); }},
    Field{"medium", medium_of},
    Field{"trackartist", track_artist_of},
};

}  // namespace

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
  const bool has_total = value.find('/') != std::string::npos;
  const auto number = number_of(value);
  if (has_total || !number) return value;
  const std::string text = std::to_string(*number);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

}  // namespace echofold
