// See help_format.h.
#include "tools/options/help_format.h"

#include <algorithm>
#include <string_view>

#include "engine/report/layout.h"

namespace echofold {
namespace {

constexpr std::size_t columns = 80, text_column = 30;

/// A name and what it is, which goes on below itself.
std::string entry(const std::string& name, const std::string& text) {
  std::string line = "  " + name;
  if (text.empty()) return line + '\n';
  if (line.size() + 2 > text_column) line += '\n' + std::string(text_column, ' ');
  if (line.size() < text_column) line.append(text_column - line.size(), ' ');
  return line + wrapped(text, text_column, text_column, columns) + '\n';
}

/// Where the last column of a line of a table begins, or a little to the right where it has none.
std::size_t last_column(std::string_view line) {
  constexpr std::size_t least_room = 20, indent = 6;
  const std::size_t gap = line.rfind("  ");
  const std::size_t first = line.find_first_not_of(' ');
  return gap == std::string_view::npos || gap < first || gap + 2 + least_room > columns ? indent : gap + 2;
}

std::string fitted_line(std::string_view line) {
  if (line.size() <= columns) return std::string(line);
  const std::size_t column = last_column(line);
  const std::size_t text = std::max(column, line.find_first_not_of(' '));
  return std::string(line.substr(0, text)) + wrapped(line.substr(text), text, column, columns);
}

std::string fitted_lines(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += fitted_line(std::string_view(text).substr(at, end - at));
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string HelpFormat::make_option(const CLI::Option* option, bool is_positional) const {
  return entry(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
}

/// Without the value that CLI11 gives a flag in braces.
std::string HelpFormat::make_option_name(const CLI::Option* option, bool is_positional) const {
  const std::string name = CLI::Formatter::make_option_name(option, is_positional);
  return name.substr(0, name.find('{'));
}

/// The kind of value alone: how often, and what excludes it, is for the text to say.
std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
  const bool takes_value = option->get_type_size() != 0 && !option->get_type_name().empty();
  return takes_value ? " " + option->get_type_name() : "";
}

std::string HelpFormat::make_subcommand(const CLI::App* verb) const {
  return entry(verb->get_display_name(true), verb->get_description());
}

std::string HelpFormat::make_usage(const CLI::App* app, std::string name) const {
  return fitted_lines(CLI::Formatter::make_usage(app, std::move(name)));
}

std::string HelpFormat::make_footer(const CLI::App* app) const {
  return fitted_lines(CLI::Formatter::make_footer(app));
}

}  // namespace echofold
