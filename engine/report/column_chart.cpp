// See column_chart.h.
#include "engine/report/column_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/report/svg.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

// In SVG units.
constexpr double plot_left = 46, plot_top = 12, plot_width = 500, plot_height = 110, name_height = 22;
constexpr double widest_column = 46, least_height = 1.5, name_unit = 7.0, name_gap = 10;

std::uint64_t count_of(const Column& column) {
  return std::accumulate(column.counts.begin(), column.counts.end(), std::uint64_t{0});
}

/// Every n-th name is written, so that they do not overlap.
std::size_t step_of_names(const std::vector<Column>& columns, double pitch) {
  std::size_t longest = 1;
  for (const Column& column : columns) longest = std::max(longest, columns_of(column.name));
  return static_cast<std::size_t>(std::ceil((name_unit * static_cast<double>(longest) + name_gap) / pitch));
}

std::string drawn(const ColumnChart& chart, const std::vector<Column>& columns) {
  constexpr double bottom = plot_top + plot_height;
  std::uint64_t most = 1;
  for (const Column& column : columns) most = std::max(most, count_of(column));
  const double pitch = std::min(widest_column, plot_width / static_cast<double>(columns.size()));
  const std::size_t step = step_of_names(columns, pitch);
  std::string inside = svg_line("grid", plot_left, plot_top, plot_left + plot_width, plot_top) +
                       svg_text(plot_left - 6, plot_top + 4, "end", std::to_string(most)) +
                       svg_line("axis", plot_left, bottom, plot_left + plot_width, bottom);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double x = plot_left + pitch * static_cast<double>(i);
    double y = bottom;
    for (std::size_t kind = 0; kind < columns[i].counts.size(); ++kind) {
      const std::uint64_t count = columns[i].counts[kind];
      if (count == 0) continue;
      const double height =
          std::max(least_height, plot_height * static_cast<double>(count) / static_cast<double>(most));
      y -= height;
      inside += svg_rect(chart.kinds[kind], x + pitch * 0.08, y, pitch * 0.84, height,
                         fmt::format("{}: {} {}", columns[i].name, count, chart.meanings[kind]));
    }
    if (i % step == 0) inside += svg_text(x + pitch / 2, bottom + 16, "middle", columns[i].name);
  }
  return svg_chart("columns", plot_left + plot_width + 12, bottom + name_height, chart.caption, inside);
}

std::string figures(const ColumnChart& chart, const std::vector<Column>& columns) {
  std::string text = fmt::format(
      "<details class=\"figures\"><summary>Figures</summary><table aria-label=\"{}\"><thead><tr><th "
      "scope=\"col\">{}</th>",
      chart.caption, chart.of);
  for (const std::string_view meaning : chart.meanings)
    text += fmt::format("<th scope=\"col\" class=\"number\">{}</th>", meaning);
  text += "</tr></thead><tbody>";
  for (const Column& column : columns) {
    if (count_of(column) == 0) continue;
    text += fmt::format("<tr><th scope=\"row\">{}</th>", column.name);
    for (const std::uint64_t count : column.counts)
      text += fmt::format("<td class=\"number\">{}</td>", count);
    text += "</tr>";
  }
  return text + "</tbody></table></details>";
}

}  // namespace

std::string column_chart(const ColumnChart& chart, const std::vector<Column>& columns) {
  std::string text = fmt::format("<div><h3>{}</h3>\n", chart.caption);
  if (std::all_of(columns.begin(), columns.end(), [](const Column& c) { return count_of(c) == 0; }))
    return text + "<p class=\"empty\">Nothing.</p></div>\n";
  return text + "<figure>" + drawn(chart, columns) + figures(chart, columns) + "</figure></div>\n";
}

}  // namespace echofold
