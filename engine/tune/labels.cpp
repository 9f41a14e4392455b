// Reads two formats into one list, and finds contradictions by path.
#include "engine/tune/labels.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "engine/tune/csv_rows.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/json.h"

namespace echofold {
namespace {

constexpr std::string_view file_uri = "file:///";

/// One line of the file.
struct Line {
  std::uint64_t number = 0;
  std::string a, b, label, treatment;
};
using TakeLine = std::function<void(Line)>;

class Pairs {
 public:
  Pairs(const std::string& name, const std::string& folder) : name_(name), folder_(folder) {}

  void add(const Line& line) {
    const auto label = label_named(line.label);
    if (!label)
      refuse(line, fmt::format("`{}` is not a label: use same, remaster, altered, edit, version or different",
                               line.label));
    LabelledPair pair{path_of(line, line.a), path_of(line, line.b), *label, line.treatment};
    if (pair.a == pair.b) refuse(line, "a file is paired with itself");
    const auto [known, is_new] =
        lines_.try_emplace(std::minmax(pair.a, pair.b), std::pair(line.number, *label));
    if (!is_new && known->second.second != *label)
      refuse(line, fmt::format("contradicts line {}, which calls the same pair `{}`", known->second.first,
                               name_of(known->second.second)));
    if (is_new) pairs_.push_back(std::move(pair));
  }

  std::vector<LabelledPair> take() { return std::move(pairs_); }

 private:
  [[noreturn]] void refuse(const Line& line, const std::string& what) const {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", name_, line.number, what));
  }

  /// Decodes what `export --verdicts` writes for a path that is not UTF-8.
  std::string path_of_uri(const Line& line, const std::string& uri) {
    std::string path;
    for (std::size_t at = file_uri.size() - 1; at < uri.size(); ++at) {
      if (uri[at] != '%') {
        path += uri[at];
        continue;
      }
      unsigned byte = 0;
      const char* digits = uri.data() + at + 1;
      if (at + 2 >= uri.size() || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2 ||
          byte == 0)
        refuse(line, "a file URI has a % without two digits behind it");
      path += static_cast<char>(byte);
      at += 2;
    }
    return path;
  }

  std::string path_of(const Line& line, const std::string& path) {
    if (path.empty()) refuse(line, "a path is empty");
    if (path.find('\0') != std::string::npos) refuse(line, "a path holds a NUL byte");
    if (path.starts_with(file_uri)) return resolver_.absolute(path_of_uri(line, path));
    return resolver_.absolute(path.front() == '/' ? path : join_path(folder_, path));
  }

  const std::string& name_;
  const std::string& folder_;
  PathResolver resolver_;
  std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, Label>> lines_;
  std::vector<LabelledPair> pairs_;
};

std::size_t require_column(const CsvRow& header, const char* column, const std::string& name) {
  if (const auto found = column_of(header, column)) return *found;
  throw Error(Fault::usage, fmt::format("{}:{}: the header has no column `{}`", name, header.line, column));
}

void read_csv(std::string_view text, const std::string& name, const TakeLine& take) {
  const std::vector<CsvRow> rows = parse_csv(text, name);
  if (rows.empty()) throw Error(Fault::usage, name + ":1: there is no header `a,b,label`");
  const CsvRow& header = rows.front();
  const std::size_t a = require_column(header, "a", name), b = require_column(header, "b", name),
                    label = require_column(header, "label", name);
  const auto treatment = column_of(header, "treatment");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& cells = rows[i].cells;
    if (cells.size() != header.cells.size())
      throw Error(Fault::usage, fmt::format("{}:{}: {} cells, where the header has {}", name, rows[i].line,
                                            cells.size(), header.cells.size()));
    take({rows[i].line, cells[a], cells[b], cells[label], treatment ? cells[*treatment] : std::string()});
  }
}

std::string text_field(const Json& object, const char* field, bool needed) {
  const auto found = object.find(field);
  if (found == object.end() && !needed) return {};
  if (found == object.end()) throw Error(Fault::usage, fmt::format("there is no \"{}\"", field));
  if (!found->is_string()) throw Error(Fault::usage, fmt::format("\"{}\" is not a string", field));
  return found->get<std::string>();
}

Line parse_line(std::string_view text, std::uint64_t number) {
  const Json object = parse_object(text);
  return {number, get_path(object, "a"), get_path(object, "b"), text_field(object, "label", true),
          text_field(object, "treatment", false)};
}

void read_ndjson(std::string_view text, const std::string& name, const TakeLine& take) {
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Line parsed;
    try {
      parsed = parse_line(line, number);
    } catch (const Error& e) {
      throw Error(Fault::usage, fmt::format("{}:{}: {}", name, number, e.what()));
    }
    take(std::move(parsed));
  }
}

}  // namespace

std::string_view name_of(Label label) noexcept {
  switch (label) {
    case Label::same:
      return "same";
    case Label::edit:
      return "edit";
    case Label::version:
      return "version";
    case Label::different:
      return "different";
    case Label::altered:
      return "altered";
    case Label::remaster:
      return "remaster";
  }
  return "different";
}

std::optional<Label> label_named(std::string_view name) noexcept {
  for (const Label label : all_labels)
    if (name_of(label) == name) return label;
  return std::nullopt;
}

std::vector<LabelledPair> parse_labels(std::string_view text, const std::string& name,
                                       const std::string& folder) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  Pairs pairs(name, folder);
  const TakeLine take = [&](const Line& line) { pairs.add(line); };
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{')
    read_ndjson(text, name, take);
  else
    read_csv(text, name, take);
  return pairs.take();
}

}  // namespace echofold
