// Elements of SVG that the charts of all pages are made of. Colours are classes of the page's style sheet.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

/// @param anchor  "start", "middle" or "end"
/// @param words   escaped already
std::string svg_text(double x, double y, std::string_view anchor, std::string_view words);

std::string svg_line(std::string_view kind, double x1, double y1, double x2, double y2);

/// @param title  shown on hovering; escaped already; may be empty
std::string svg_rect(std::string_view kind, double x, double y, double width, double height,
                     std::string_view title = {});

/// A whole chart as an image with a name for screen readers.
std::string svg_chart(std::string_view kind, double width, double height, std::string_view name,
                      std::string_view inside);

}  // namespace echofold
