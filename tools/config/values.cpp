// Stores and reads the value of a setting; one overload for each type.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "tools/config/keys.h"
#include "tools/percent.h"

namespace echofold {
namespace {

using Complaint = std::optional<std::string>;

std::vector<std::string> parts_of(std::string_view words) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    parts.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool is_outside(const ConfigKey& key, double value) {
  return key.most > key.least && !(value >= key.least && value <= key.most);
}

/// The text, where it is one of the words that the key may have.
std::optional<std::string> word_in(const ConfigKey& key, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto words = words_of(key);
  return text != nullptr && std::ranges::find(words, *text) != words.end() ? std::optional(*text)
                                                                           : std::nullopt;
}

/// Stores the value of one key.
struct Setter {
  const ConfigKey& key;
  const ConfigValue& value;

  Complaint operator()(std::string* place) const {
    const auto* given = std::get_if<std::string>(&value);
    if (given == nullptr) return "a string";
    *place = *given;
    return std::nullopt;
  }
  Complaint operator()(int* place) const { return whole(place); }
  Complaint operator()(long* place) const { return whole(place); }
  Complaint operator()(double* place) const {
    const auto* exact = std::get_if<double>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const auto* text = std::get_if<std::string>(&value);  // a percentage
    const std::optional<double> given = exact != nullptr    ? *exact
                                        : number != nullptr ? static_cast<double>(*number)
                                        : text != nullptr   ? parse_share(*text)
                                                            : std::nullopt;
    if (!given || is_outside(key, *given))
      return fmt::format("a number from {} to {}, or a percentage in quotes", key.least, key.most);
    *place = *given;
    return std::nullopt;
  }
  Complaint operator()(bool* place) const {
    const auto* given = std::get_if<bool>(&value);
    if (given == nullptr) return "true or false";
    *place = *given;
    return std::nullopt;
  }
  Complaint operator()(std::vector<std::string>* place) const {
    const auto* given = std::get_if<std::vector<std::string>>(&value);
    if (given == nullptr) return "a list of strings";
    *place = *given;
    return std::nullopt;
  }
  template <class Choice>
  Complaint operator()(Choice* place) const {
    const auto word = word_in(key, value);
    if (!word) return fmt::format("one of {}", fmt::join(words_of(key), ", "));
    *place = value_of<EnumOf<Choice>>(*word).value();
    return std::nullopt;
  }

 private:
  template <class Whole>
  Complaint whole(Whole* place) const {
    const auto* given = std::get_if<std::int64_t>(&value);
    if (given == nullptr) return "a whole number";
    if (is_outside(key, static_cast<double>(*given)) || *given > std::numeric_limits<Whole>::max() ||
        *given < std::numeric_limits<Whole>::min())
      return fmt::format("from {} to {}", static_cast<std::int64_t>(key.least),
                         static_cast<std::int64_t>(key.most));
    *place = static_cast<Whole>(*given);
    return std::nullopt;
  }
};

struct Getter {
  ConfigValue operator()(const std::string* place) const {
    if (place->empty()) return {};
    return *place;
  }
  ConfigValue operator()(const int* place) const { return std::int64_t{*place}; }
  ConfigValue operator()(const long* place) const { return std::int64_t{*place}; }
  ConfigValue operator()(const double* place) const { return *place; }
  ConfigValue operator()(const bool* place) const { return *place; }
  ConfigValue operator()(const std::vector<std::string>* place) const { return *place; }
  template <class Enum>
  ConfigValue operator()(const Enum* place) const {
    return std::string(word_of(*place));
  }
  template <class Enum>
  ConfigValue operator()(const std::optional<Enum>* place) const {
    if (!*place) return {};
    return std::string(word_of(**place));
  }
};

struct WordsOfPlace {
  template <class Value>
  std::vector<std::string> operator()(const Value*) const {
    using Enum = EnumOf<Value>;
    if constexpr (std::is_enum_v<Enum>)
      return words_of<Enum>();
    else
      return {};
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

std::vector<std::string> words_of(const ConfigKey& key) {
  if (!key.formats.empty()) return parts_of(key.formats);
  AllOptions any;
  return std::visit(WordsOfPlace{}, key.place(any));
}

std::optional<std::string> set_option(const ConfigKey& key, const ConfigValue& value, AllOptions& all) {
  return std::visit(Setter{key, value}, key.place(all));
}

ConfigValue option_value(const ConfigKey& key, AllOptions& all) {
  const ConfigValue value = std::visit(Getter{}, key.place(all));
  const auto* number = std::get_if<std::int64_t>(&value);
  // A default that no file can express ("as many threads as cores") is "not set".
  return number != nullptr && is_outside(key, static_cast<double>(*number)) ? ConfigValue{} : value;
}

std::string config_text(const ConfigValue& value) { return std::visit(Text{}, value); }

}  // namespace echofold
