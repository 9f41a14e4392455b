// A table of the fields' positions.
#include "engine/tag/id3v1_fields.h"

#include <algorithm>
#include <charconv>

namespace echofold {
namespace {

struct Field {
  std::string_view property;
  std::size_t at, bytes;
};

constexpr Field fields[] = {{"TITLE", 3, 30},    {"ARTIST", 33, 30},      {"ALBUM", 63, 30}, {"DATE", 93, 4},
                            {"COMMENT", 97, 28}, {"TRACKNUMBER", 125, 2}, {"GENRE", 127, 1}};

/// In version 1.1 the last two bytes of the comment are a zero and the number.
bool has_number(std::string_view tag) { return tag[125] == '\0'; }

}  // namespace

std::vector<TagPart> id3v1_fields(std::string_view tag) {
  std::vector<TagPart> parts;
  for (const Field& field : fields)
    parts.push_back({"ID3v1", std::string(field.property), std::string(field.property),
                     std::string(tag.substr(field.at, field.bytes))});
  return parts;
}

void set_id3v1_field(std::string& tag, std::string_view property, std::string_view latin1) {
  for (const Field& field : fields) {
    if (property != field.property || property == "GENRE" || property == "COMMENT") continue;
    std::string bytes(latin1.substr(0, field.bytes));
    if (property == "TRACKNUMBER") {
      if (!has_number(tag)) return;
      unsigned number = 0;
      std::from_chars(latin1.data(), latin1.data() + latin1.size(), number);
      bytes = std::string(1, '\0') + static_cast<char>(number < 256 ? number : 0);
    }
    bytes.resize(field.bytes, '\0');
    tag.replace(field.at, field.bytes, bytes);
  }
}

}  // namespace echofold
