// A table of a page whose rows have a bar: a chart that screen readers can read, too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

/// A bar has up to three parts beside each other.
struct Bar {
  std::string name;                ///< raw
  std::vector<std::string> cells;  ///< figures before the bar, one a column; escaped already
  std::vector<double> parts;       ///< lengths, one for each kind of the table
  std::string filter = {};         ///< the value of the page's filter; empty: the name is no button
};

struct BarTable {
  std::string_view caption;               ///< escaped already
  std::vector<std::string_view> columns;  ///< heads: of the names, then of the cells
  std::vector<std::string_view> kinds;    ///< the classes of the parts, "move"
  std::string_view facet = {};            ///< which filter the names set; empty: none
};

/// The rows in the given order, all bars on one scale. Without rows a sentence that there is nothing.
std::string bar_table(const BarTable& table, const std::vector<Bar>& bars);

}  // namespace echofold
