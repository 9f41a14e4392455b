// toml++ reports where a value is. Only those bytes are replaced, and the result is read again as a check.
#include "tools/config/write.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>

#include "index/base/error.h"
#include "tools/config/file.h"
#include "tools/replace_file.h"

namespace echofold {
namespace {

toml::table parse(const std::string& text, const std::string& file) {
  require_shallow_config(text, file);
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& e) {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", file, e.source().begin.line, e.description()));
  }
}

/// Always with a decimal point: TOML has integers and floats, and these are floats.
std::string number_text(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// The byte offset of a position of toml++, which counts lines and code points from 1.
std::size_t byte_of(const std::string& text, const toml::source_position& place) {
  std::size_t at = 0;
  for (auto line = place.line; line > 1; --line) at = text.find('\n', at) + 1;
  for (auto column = place.column; column > 1; --column) do
      ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
  return at;
}

void set(std::string& text, const ConfigNumber& number, const std::string& file) {
  const toml::table table = parse(text, file);
  if (const toml::node* node = table.get(number.first); node != nullptr) {
    const std::size_t begin = byte_of(text, node->source().begin);
    text.replace(begin, byte_of(text, node->source().end) - begin, number_text(number.second));
    return;
  }
  const char* line_end = text.find("\r\n") != std::string::npos ? "\r\n" : "\n";
  const std::string line = fmt::format("{} = {}{}", number.first, number_text(number.second), line_end);
  const bool has_tables = std::any_of(table.begin(), table.end(), [](const auto& entry) {
    return entry.second.is_table() || entry.second.is_array_of_tables();
  });
  if (has_tables) {  // after them it would be a key of the last table
    text.insert(0, line);
    return;
  }
  if (!text.empty() && !text.ends_with('\n')) text += line_end;
  text += line;
}

std::string read_text(const std::string& file) {
  std::error_code error;
  const bool is_new = !std::filesystem::exists(file, error) && !error;
  return is_new ? std::string() : read_config_text(file);
}

}  // namespace

std::string with_numbers(const std::string& text, const std::vector<ConfigNumber>& numbers,
                         const std::string& file) {
  std::string changed = text;
  for (const ConfigNumber& number : numbers) set(changed, number, file);
  const toml::table table = parse(changed, file);
  for (const auto& [key, value] : numbers)
    if (table[key].value<double>() != value)
      throw Error(Fault::usage, fmt::format("{}: `{}` can't be set there; set it to {} yourself", file, key,
                                            number_text(value)));
  return changed;
}

void write_numbers(const std::string& file, const std::vector<ConfigNumber>& numbers) {
  if (file.empty())
    throw Error(Fault::usage,
                "neither HOME nor XDG_CONFIG_HOME is set: say where to write with --config FILE");
  const std::string text = with_numbers(read_text(file), numbers, file);
  std::error_code error;
  if (const auto folder = std::filesystem::path(file).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder, error);
  if (error) throw system_error(error.value(), file);
  replace_file(file, text);
}

}  // namespace echofold
