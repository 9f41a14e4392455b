// Shortens paths in the middle. A file or a pipe gets whole paths.
#include "engine/report/shared_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/colour.h"
#include "engine/report/layout.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

std::string fitted(std::string_view path, std::size_t used, const TableStyle& style) {
  std::string text = printable(path);
  return style.whole_lines ? text : shortened(text, std::max(style.columns, used + 1) - used);
}

}  // namespace

std::string folder_heading(const std::string& folder, const TableStyle& style) {
  if (folder.empty()) return {};
  constexpr std::size_t around = 4;  // "In " and a colon
  const std::string text = fitted(std::string_view(folder).substr(0, folder.size() - 1), around, style);
  return fmt::format("In {}:\n\n", coloured(text, Colour::bold, style.colour));
}

std::string path_below(std::string_view path, std::string_view folder, std::size_t used,
                       const TableStyle& style) {
  if (path.starts_with(folder)) path.remove_prefix(folder.size());
  return fitted(path, used, style);
}

}  // namespace echofold
