// Read both, compare, refuse.
#include "engine/tag/tag_proof.h"

#include <algorithm>

#include "index/error.h"

namespace echofold {
namespace {

bool is_number(const char* name) {
  const std::string_view text(name);
  return text == "TRACKNUMBER" || text == "DISCNUMBER";
}

bool same_number(const TagLib::String& got, const TagLib::String& wanted) {
  bool one = false;
  bool other = false;
  return got.split("/").front().toInt(&one) == wanted.split("/").front().toInt(&other) && one && other;
}

/// Those that a change of the number takes along.
bool follows(const std::string& name, const std::set<std::string>& changed) {
  const bool track = name == "TRACKTOTAL" || name == "TOTALTRACKS";
  const bool disc = name == "DISCTOTAL" || name == "TOTALDISCS";
  return (track && changed.contains("TRACKNUMBER")) || (disc && changed.contains("DISCNUMBER"));
}

void require_pictures(const std::vector<TagPicture>& before, const std::vector<TagPicture>& after) {
  for (const TagPicture& picture : before)
    if (std::find(after.begin(), after.end(), picture) == after.end())
      throw Error(Fault::damaged, "a picture would be lost; it stays as it is");
}

}  // namespace

bool holds(const TagLib::PropertyMap& properties, const char* name, const std::string& wanted) {
  const auto found = properties.find(name);
  const bool none = found == properties.end() || found->second.isEmpty();
  if (none || wanted.empty()) return none && wanted.empty();
  const TagLib::String want(wanted, TagLib::String::UTF8);
  const TagLib::String& got = found->second.front();
  return got == want || (is_number(name) && same_number(got, want));
}

TagLib::PropertyMap require_rest_unchanged(int file, int copy, TagFormat format,
                                           const std::set<std::string>& changed) {
  if (payload_hash(file, format) != payload_hash(copy, format))
    throw Error(Fault::damaged, "its audio would not be the same with the new tags; it stays as it is");
  const TagFile before(file, format);
  const TagFile after(copy, format);
  const TagLib::PropertyMap old_values = before.properties();
  TagLib::PropertyMap new_values = after.properties();
  for (const auto& [name, values] : old_values) {
    const std::string text = name.to8Bit(true);
    if (changed.contains(text) || follows(text, changed)) continue;
    const auto found = new_values.find(name);
    if (found == new_values.end() || found->second != values)
      throw Error(Fault::damaged, "its tag \"" + text + "\" would be lost; it stays as it is");
  }
  for (const TagLib::String& frame : old_values.unsupportedData())
    if (!new_values.unsupportedData().contains(frame))
      throw Error(Fault::damaged, "a part of its tags would be lost; it stays as it is");
  require_pictures(before.pictures(), after.pictures());
  return new_values;
}

}  // namespace echofold
