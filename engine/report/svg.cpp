// See svg.h.
#include "engine/report/svg.h"

#include <fmt/format.h>

namespace echofold {

std::string svg_text(double x, double y, std::string_view anchor, std::string_view words) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", x, y, anchor, words);
}

std::string svg_line(std::string_view kind, double x1, double y1, double x2, double y2) {
  return fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>", kind, x1,
                     y1, x2, y2);
}

std::string svg_rect(std::string_view kind, double x, double y, double width, double height,
                     std::string_view title) {
  const std::string begin =
      fmt::format("<rect class=\"{}\" x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\"", kind, x,
                  y, width, height);
  return title.empty() ? begin + "/>" : fmt::format("{}><title>{}</title></rect>", begin, title);
}

std::string svg_chart(std::string_view kind, double width, double height, std::string_view name,
                      std::string_view inside) {
  return fmt::format(
      "<svg class=\"chart {}\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">{}</svg>\n", kind,
      width, height, name, inside);
}

}  // namespace echofold
