// Compares two lists of facts.
#include "engine/tag/listing_proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/audio/text.h"
#include "engine/tag/tag_part.h"
#include "index/base/error.h"

namespace echofold {
namespace {

/// The same for "album_artist", "ALBUMARTIST" and "Album Artist".
std::string letters_of(std::string_view name) {
  std::string letters = upper_ascii(name);
  std::erase_if(letters, [](char c) { return c == '_' || c == ' ' || c == '/'; });
  return letters;
}

/// The name of a tag; empty for other facts.
std::string tag_name(const std::string& fact) {
  const std::size_t at = fact.rfind("tag ", fact.starts_with("tag ") ? 0 : std::string::npos);
  const bool is_tag =
      at == 0 || (at != std::string::npos && at > 0 && fact.starts_with("stream ") && fact[at - 1] == ' ');
  if (!is_tag) return "";
  const std::string name = letters_of(std::string_view(fact).substr(at + 4));
  return name == "AUTHOR" ? "ARTIST" : name;  // the name in ASF
}

/// The names of the properties, also those that libav gives them.
std::set<std::string> names_of(const TagLib::PropertyMap& values) {
  constexpr std::pair<std::string_view, std::string_view> more[] = {
      {"TRACKNUMBER", "TRACK"}, {"DISCNUMBER", "DISC"}, {"DATE", "YEAR"}, {"DATE", "WM/YEAR"},
      {"DATE", "TDAT"},         {"DATE", "TYER"},       {"DATE", "TDA"},  {"DATE", "TIME"},
      {"DATE", "TIM"},          {"DATE", "TYE"},        {"DATE", "TDRC"}, {"DATE", "CREATION TIME"}};
  std::set<std::string> names;
  for (const auto& [name, list] : values) {
    const std::string property = name.to8Bit(true);
    names.insert(letters_of(property));
    for (const auto& [ours, theirs] : more)
      if (property == ours) names.insert(letters_of(theirs));
  }
  return names;
}

using Facts = std::multiset<std::pair<std::string, std::string>>;

Facts without(const std::vector<ListedFact>& facts, const std::set<std::string>& names) {
  Facts rest;
  for (const ListedFact& fact : facts)
    if (const std::string name = tag_name(fact.name); name.empty() || !names.contains(name))
      rest.emplace(fact.name, fact.value);
  return rest;
}

void require_values(const std::vector<ListedFact>& facts, const TagLib::PropertyMap& asked) {
  for (const char* property : {"ARTIST", "TITLE", "ALBUM", "ALBUMARTIST"}) {
    const auto wanted = asked.find(property);
    if (wanted == asked.end() || wanted->second.size() != 1) continue;
    const std::string value = clean_text(wanted->second.front().to8Bit(true));
    constexpr std::size_t shown_whole = 512;  // of a longer one the list has a hash
    const bool found =
        value.size() > shown_whole || std::any_of(facts.begin(), facts.end(), [&](const ListedFact& fact) {
          return tag_name(fact.name) == property && clean_text(fact.value) == value;
        });
    if (!found)
      throw Error(Fault::damaged,
                  fmt::format("players would not see its new tag \"{}\"; it stays as it is", property));
  }
}

}  // namespace

void require_same_listing(const std::vector<ListedFact>& before, const std::vector<ListedFact>& after,
                          const TagEdit& edit) {
  const std::set<std::string> names = names_of(edit.main);
  Facts left = without(after, names);
  for (const auto& fact : without(before, names)) {
    const auto found = left.find(fact);
    if (found == left.end() && fact.first.starts_with("audio "))
      throw Error(Fault::damaged,
                  fmt::format("with the new tags its audio would be decoded to something else ({}); "
                              "it stays as it is",
                              fact.first));
    if (found == left.end())
      throw Error(
          Fault::damaged,
          fmt::format("with the new tags a player would read another \"{}\"; it stays as it is", fact.first));
    left.erase(found);
  }
  for (const auto& [name, value] : left) {
    const bool picture = name.starts_with("picture ") && !edit.pictures.empty();
    if (tag_name(name).empty() && !picture)
      throw Error(
          Fault::damaged,
          fmt::format("with the new tags a player would read a further \"{}\"; it stays as it is", name));
  }
  require_values(after, edit.asked);
}

}  // namespace echofold
