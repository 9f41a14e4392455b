// A chart of columns with its figures as a table below it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct Column {
  std::string name;                   ///< escaped already
  std::vector<std::uint64_t> counts;  ///< one for each kind, from the bottom
};

struct ColumnChart {
  std::string_view caption, of;            ///< "Years", "year": the head of the names. Escaped already
  std::vector<std::string_view> kinds;     ///< classes of the parts
  std::vector<std::string_view> meanings;  ///< of the kinds, for the table
};

/// The highest column fills the chart. Names are left out where they would not fit beside each other; the table has
/// all. Columns without a count at both ends are left out by the caller.
std::string column_chart(const ColumnChart& chart, const std::vector<Column>& columns);

}  // namespace echofold
