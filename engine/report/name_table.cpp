// See name_table.h.
#include "engine/report/name_table.h"

#include <fmt/format.h>

#include "engine/report/layout.h"
#include "engine/report/shared_folder.h"
#include "index/base/text/printable.h"

namespace echofold {

NameTable::NameTable(const std::vector<std::string_view>& paths, const TableStyle& style) : style_(style) {
  if (!style.whole_lines) folder_ = common_folder(paths);
}

std::string NameTable::heading() const { return folder_heading(folder_, style_); }

std::string NameTable::renamed(std::string_view from, std::string_view to) const {
  constexpr std::string_view arrow = "  -> ";
  return fmt::format("{}\n{}{}\n", path_below(from, folder_, 0, style_), arrow,
                     path_below(to, folder_, arrow.size(), style_));
}

std::string NameTable::left_alone(std::string_view path, std::string_view why) const {
  constexpr std::string_view what = "left alone ";
  const std::string name = path_below(path, folder_, what.size() + 1, style_);
  if (style_.whole_lines) return fmt::format("{}{}: {}\n", what, name, printable(why));
  constexpr std::size_t indent = 4;
  return fmt::format("{}{}:\n{:{}}{}\n", what, name, "", indent,
                     wrapped(printable(why), indent, indent, style_.columns));
}

std::string NameTable::done(std::string_view what, std::string_view path) const {
  return fmt::format("{} {}\n", what, path_below(path, folder_, what.size() + 1, style_));
}

}  // namespace echofold
