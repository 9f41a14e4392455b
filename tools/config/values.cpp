// Between a setting's value as data and its member of Options; one overload a type of member.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "tools/config/keys.h"
#include "tools/percent.h"

namespace echofold {
namespace {

using Complaint = std::optional<std::string>;

constexpr std::array<std::pair<std::string_view, When>, 3> when_words = {
    {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}};
constexpr std::array<std::pair<std::string_view, Format>, 4> format_words = {
    {{"table", Format::table}, {"ndjson", Format::ndjson}, {"csv", Format::csv}, {"m3u", Format::m3u}}};
constexpr std::array<std::pair<std::string_view, int>, 3> verbosity_words = {
    {{"quiet", -1}, {"normal", 0}, {"verbose", 1}}};

template <class Table>
auto value_of(const Table& table, std::string_view word) {
  return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == word; })->second;
}
template <class Table, class Value>
std::string word_of(const Table& table, const Value& value) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.second == value; });
  return std::string(row == table.end() ? table.back().first : row->first);
}

bool is_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

std::string one_of(std::string_view words) {
  std::string listed = "one of ";
  for (const char c : words) listed += c == ' ' ? std::string(", ") : std::string(1, c);
  return listed;
}

bool is_outside(const ConfigKey& key, double value) {
  return key.most > key.least && !(value >= key.least && value <= key.most);
}

/// A text, one of the key's words if it has some.
Complaint take_text(const ConfigKey& key, const ConfigValue& value, std::string& text) {
  const auto* given = std::get_if<std::string>(&value);
  if (given == nullptr) return key.words.empty() ? "a string" : one_of(key.words);
  if (!key.words.empty() && !is_word(key.words, *given)) return one_of(key.words);
  text = *given;
  return std::nullopt;
}

/// Sets the member of one key.
struct Setter {
  const ConfigKey& key;
  const ConfigValue& value;
  Options& options;

  Complaint operator()(std::string Options::*member) const { return take_text(key, value, options.*member); }
  Complaint operator()(int Options::*member) const { return whole(member); }
  Complaint operator()(long Options::*member) const { return whole(member); }
  Complaint operator()(double Options::*member) const {
    const auto* exact = std::get_if<double>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const auto* text = std::get_if<std::string>(&value);  // a percentage
    const std::optional<double> given = exact != nullptr    ? *exact
                                        : number != nullptr ? static_cast<double>(*number)
                                        : text != nullptr   ? parse_share(*text)
                                                            : std::nullopt;
    if (!given || is_outside(key, *given))
      return fmt::format("a number from {} to {}, or a percentage in quotes", key.least, key.most);
    options.*member = *given;
    return std::nullopt;
  }
  Complaint operator()(bool Options::*member) const {
    const auto* given = std::get_if<bool>(&value);
    if (given == nullptr) return "true or false";
    options.*member = *given;
    return std::nullopt;
  }
  Complaint operator()(std::vector<std::string> Options::*member) const {
    const auto* given = std::get_if<std::vector<std::string>>(&value);
    if (given == nullptr) return "a list of strings";
    options.*member = *given;
    return std::nullopt;
  }
  Complaint operator()(When Options::*member) const {
    std::string word;
    if (auto complaint = take_text(key, value, word)) return complaint;
    options.*member = value_of(when_words, word);
    return std::nullopt;
  }
  Complaint operator()(std::optional<Format> Options::*member) const {
    std::string word;
    if (auto complaint = take_text(key, value, word)) return complaint;
    options.*member = value_of(format_words, word);
    return std::nullopt;
  }
  Complaint operator()(Verbosity) const {
    std::string word;
    if (auto complaint = take_text(key, value, word)) return complaint;
    options.verbosity = value_of(verbosity_words, word);
    return std::nullopt;
  }

 private:
  template <class Whole>
  Complaint whole(Whole Options::*member) const {
    const auto* given = std::get_if<std::int64_t>(&value);
    if (given == nullptr) return "a whole number";
    if (is_outside(key, static_cast<double>(*given)) || *given > std::numeric_limits<Whole>::max() ||
        *given < std::numeric_limits<Whole>::min())
      return fmt::format("from {} to {}", static_cast<std::int64_t>(key.least),
                         static_cast<std::int64_t>(key.most));
    options.*member = static_cast<Whole>(*given);
    return std::nullopt;
  }
};

struct Getter {
  const Options& options;

  ConfigValue operator()(std::string Options::*member) const {
    if ((options.*member).empty()) return {};
    return options.*member;
  }
  ConfigValue operator()(int Options::*member) const { return std::int64_t{options.*member}; }
  ConfigValue operator()(long Options::*member) const { return std::int64_t{options.*member}; }
  ConfigValue operator()(double Options::*member) const { return options.*member; }
  ConfigValue operator()(bool Options::*member) const { return options.*member; }
  ConfigValue operator()(std::vector<std::string> Options::*member) const { return options.*member; }
  ConfigValue operator()(When Options::*member) const { return word_of(when_words, options.*member); }
  ConfigValue operator()(std::optional<Format> Options::*member) const {
    if (!(options.*member)) return {};
    return word_of(format_words, *(options.*member));
  }
  ConfigValue operator()(Verbosity) const {
    return word_of(verbosity_words, std::clamp(options.verbosity, -1, 1));
  }
};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

struct Text {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const {
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }
  std::string operator()(const std::string& value) const { return quoted(value); }
  std::string operator()(const std::vector<std::string>& value) const {
    std::string text = "[";
    for (const std::string& element : value) text += (text.size() > 1 ? ", " : "") + quoted(element);
    return text + "]";
  }
};

}  // namespace

std::optional<std::string> set_option(const ConfigKey& key, const ConfigValue& value, Options& options) {
  return std::visit(Setter{key, value, options}, key.member);
}

ConfigValue option_value(const ConfigKey& key, const Options& options) {
  const ConfigValue value = std::visit(Getter{options}, key.member);
  const auto* number = std::get_if<std::int64_t>(&value);
  // A default that no file could say ("as many threads as cores") is "not set".
  return number != nullptr && is_outside(key, static_cast<double>(*number)) ? ConfigValue{} : value;
}

std::string config_text(const ConfigValue& value) { return std::visit(Text{}, value); }

}  // namespace echofold
