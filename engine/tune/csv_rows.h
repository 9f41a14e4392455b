// Rows of a CSV file (RFC 4180), each with the line that it begins on. Cells are bytes: a path need not be UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct CsvRow {
  std::uint64_t line = 0;  ///< from 1; a quoted cell may span several lines
  std::vector<std::string> cells;
};

/// Lines end in LF or CRLF. Empty lines and a byte order mark at the start are skipped.
/// @throws Error Fault::usage `<name>:<line>: ...` for a quote that is never closed or is in the wrong place
std::vector<CsvRow> parse_csv(std::string_view text, const std::string& name);

/// The index of this column in the header; the first one if there are several.
std::optional<std::size_t> column_of(const CsvRow& header, std::string_view column);

}  // namespace echofold
