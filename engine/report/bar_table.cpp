// See bar_table.h.
#include "engine/report/bar_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/report/html.h"
#include "engine/report/svg.h"

namespace echofold {
namespace {

constexpr double bar_units = 100, least_units = 0.5;  // a small part must stay visible

double length_of(const Bar& bar) { return std::accumulate(bar.parts.begin(), bar.parts.end(), 0.0); }

std::string bar_svg(const BarTable& table, const Bar& bar, double longest) {
  std::string inside;
  double x = 0;
  for (std::size_t i = 0; i < bar.parts.size() && longest > 0; ++i) {
    if (bar.parts[i] <= 0) continue;
    const double units = std::max(least_units, bar_units * bar.parts[i] / longest);
    inside += svg_rect(table.kinds[i], x, 0, units, 1);
    x += units;
  }
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>", bar_units,
      inside);
}

std::string name_cell(const BarTable& table, const Bar& bar) {
  std::string name = html_text(bar.name);
  if (table.facet.empty() || bar.filter.empty()) return name;
  return fmt::format("<button type=\"button\" data-facet=\"{}\" data-value=\"{}\">{}</button>", table.facet,
                     bar.filter, name);
}

}  // namespace

std::string bar_table(const BarTable& table, const std::vector<Bar>& bars) {
  std::string text = fmt::format("<div><h3>{}</h3>\n", table.caption);
  if (bars.empty()) return text + "<p class=\"empty\">Nothing.</p></div>\n";
  double longest = 0;
  for (const Bar& bar : bars) longest = std::max(longest, length_of(bar));
  text += fmt::format("<table class=\"bars\" aria-label=\"{}\"><thead><tr>", table.caption);
  const auto kind_of_column = [](std::size_t i) {
    return i == 0 ? "name" : i == 1 ? "number files" : "number";
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    text += fmt::format("<th scope=\"col\" class=\"{}\">{}</th>", kind_of_column(i), table.columns[i]);
  text += "<td></td></tr></thead><tbody>\n";
  for (const Bar& bar : bars) {
    text += fmt::format("<tr><th scope=\"row\" class=\"name\">{}</th>", name_cell(table, bar));
    for (const std::string& cell : bar.cells) text += fmt::format("<td class=\"number\">{}</td>", cell);
    text += fmt::format("<td>{}</td></tr>\n", bar_svg(table, bar, longest));
  }
  return text + "</tbody></table></div>\n";
}

}  // namespace echofold
