// Variables are texts: the type of a key decides how they are read.
#include "tools/config/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "index/base/error.h"
#include "tools/near_names.h"

namespace echofold {
namespace {

constexpr std::string_view prefix = "ECHOFOLD_";
/// Variables that are no settings: index/simd reads one, the other stands for --config.
constexpr std::string_view others[] = {"ECHOFOLD_SIMD", "ECHOFOLD_CONFIG"};

template <class Number>
ConfigValue number_of(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return text;  // set_option() refuses it
  return number;
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// How a text is read for a value of this type.
struct Parser {
  const std::string& text;

  ConfigValue operator()(const int*) const { return number_of<std::int64_t>(text); }
  ConfigValue operator()(const long*) const { return number_of<std::int64_t>(text); }
  ConfigValue operator()(const double*) const { return number_of<double>(text); }
  ConfigValue operator()(const bool*) const {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return text;
  }
  ConfigValue operator()(const std::vector<std::string>*) const { return parts_of(text); }
  template <class Value>
  ConfigValue operator()(const Value*) const {
    return text;
  }
};

}  // namespace

std::string environment_name(const ConfigKey& key) {
  std::string name(prefix);
  for (const char c : key.name)
    name += c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

std::optional<ConfigValue> environment_value(const ConfigKey& key) {
  const std::string name = environment_name(key);
  const char* text = std::getenv(name.c_str());
  if (text == nullptr || *text == '\0') return std::nullopt;
  const std::string owned(text);
  AllOptions scratch;
  const ConfigValue value = std::visit(Parser{owned}, key.place(scratch));
  if (const auto wanted = set_option(key, value, scratch))
    throw Error(Fault::usage, fmt::format("the environment's {} must be {}", name, *wanted));
  return value;
}

std::vector<std::string> odd_environment() {
  std::vector<std::string> known(std::begin(others), std::end(others));
  for (const ConfigKey& key : config_keys()) known.push_back(environment_name(key));
  std::vector<std::string> ends;  // the common prefix would make all names near
  ends.reserve(known.size());
  for (const std::string& one : known) ends.push_back(one.substr(prefix.size()));
  std::vector<std::string> odd;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::string name(text.substr(0, text.find('=')));
    if (!name.starts_with(prefix) || std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (const std::string near = nearest_name(name.substr(prefix.size()), ends); !near.empty())
      odd.push_back(
          fmt::format("{} in the environment is not a setting: did you mean {}{}?", name, prefix, near));
  }
  std::sort(odd.begin(), odd.end());
  return odd;
}

}  // namespace echofold
