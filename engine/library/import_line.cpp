// The array of items is cut out and parsed by hand. The JSON parser gets the rest, which is small.
#include "engine/library/import_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/audio/fingerprint_text.h"
#include "index/base/error.h"
#include "index/base/json.h"

namespace echofold {
namespace {

constexpr std::size_t most_items = (std::size_t{1} << 24) - 1;  ///< the store's limit: 24 days of audio
constexpr std::string_view array_key = "\"fingerprint\"";

[[noreturn]] void refuse(const std::string& what) { throw Error(Fault::usage, what); }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
    ++at;
  return at;
}

/// The position after the string whose opening quote is at `at`; the end of the text if it is unterminated.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

/// Where the array under the outermost object's key "fingerprint" opens, if there is one.
std::optional<std::size_t> find_array(std::string_view line) {
  int depth = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const std::size_t end = skip_string(line, at);
    const std::size_t colon = skip_space(line, end);
    const bool is_key = depth == 1 && colon < line.size() && line[colon] == ':';
    if (is_key && line.substr(at, end - at) == array_key) {
      const std::size_t value = skip_space(line, colon + 1);
      if (value < line.size() && line[value] == '[') return value;
    }
    at = end - 1;
  }
  return std::nullopt;
}

/// `fpcalc -raw` prints unsigned items, `fpcalc -raw -signed` signed ones: the bits are the same.
std::optional<Item> to_item(std::int64_t number) {
  if (number < std::numeric_limits<std::int32_t>::min() || number > std::numeric_limits<Item>::max())
    return std::nullopt;
  return static_cast<Item>(number);
}

[[noreturn]] void refuse_item(std::size_t position) {
  refuse("item " + std::to_string(position) + " of the fingerprint is not a 32-bit integer");
}

/// Reads `[1,2,...]` from `at` on and moves `at` past it.
std::vector<Item> read_array(std::string_view line, std::size_t& at) {
  std::vector<Item> items;
  items.reserve((line.size() - at) / 11 + 1);  // ten digits and a comma
  at = skip_space(line, at + 1);
  if (at < line.size() && line[at] == ']') {
    ++at;
    return items;
  }
  while (true) {
    if (at == line.size()) refuse("the fingerprint does not end");
    std::int64_t number = 0;
    const char* from = line.data() + at;
    const auto [end, error] = std::from_chars(from, line.data() + line.size(), number);
    const std::size_t digits = at + (line[at] == '-' ? 1 : 0);
    const bool leading_zero = end - from > 1 && line[digits] == '0';  // invalid in JSON
    const auto item = error == std::errc() && !leading_zero ? to_item(number) : std::nullopt;
    if (!item || items.size() == most_items) refuse_item(items.size());
    items.push_back(*item);
    at = skip_space(line, at + static_cast<std::size_t>(end - from));
    if (at == line.size()) refuse("the fingerprint does not end");
    const char next = line[at];
    if (next == ']') break;
    if (next != ',') refuse_item(items.size() - 1);
    at = skip_space(line, at + 1);
  }
  ++at;
  return items;
}

std::vector<Item> items_of(const Json& value) {
  if (value.is_string()) return decode_fingerprint_text(value.get_ref<const std::string&>());
  if (!value.is_array()) refuse("\"fingerprint\" is neither text nor an array");
  std::vector<Item> items;  // set only if the key is written with escapes
  for (const Json& element : value) {
    const bool fits = element.is_number_integer() &&
                      (!element.is_number_unsigned() || element.get<std::uint64_t>() <= ~Item{0});
    const auto item = fits ? to_item(element.get<std::int64_t>()) : std::nullopt;
    if (!item) refuse_item(items.size());
    items.push_back(*item);
  }
  return items;
}

double duration_of(const Json& object) {
  const auto found = object.find("duration");
  if (found == object.end()) refuse("there is no \"duration\"");
  if (!found->is_number()) refuse("\"duration\" is not a number");
  const double seconds = found->get<double>();
  if (!std::isfinite(seconds) || seconds < 0) refuse("\"duration\" is not a length of time");
  return seconds;
}

}  // namespace

ImportedTrack parse_import_line(std::string_view line) {
  std::optional<std::vector<Item>> array;
  std::string rest;
  if (const auto open = find_array(line)) {
    std::size_t end = *open;
    array = read_array(line, end);
    rest.append(line.substr(0, *open)).append("null").append(line.substr(end));
    line = rest;
  }
  const Json object = parse_object(line);
  ImportedTrack track;
  track.path = get_path(object, "path");
  if (track.path.empty()) refuse("\"path\" is empty");
  track.duration_s = duration_of(object);
  const auto fingerprint = object.find("fingerprint");
  if (fingerprint == object.end()) refuse("there is no \"fingerprint\"");
  if (array && !fingerprint->is_null()) refuse("there is more than one \"fingerprint\"");
  track.items = array ? *std::move(array) : items_of(*fingerprint);
  if (track.items.empty()) refuse("the fingerprint is empty");
  if (track.items.size() > most_items)
    refuse("the fingerprint has more than " + std::to_string(most_items) + " items");
  return track;
}

}  // namespace echofold
