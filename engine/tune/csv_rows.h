// Rows of a CSV file (RFC 4180) with the line each begins on. Bytes stay bytes: a path need not be UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct CsvRow {
  std::uint64_t line = 0;  ///< from 1; a quoted cell may hold further lines
  std::vector<std::string> cells;
};

/// Lines end in LF or CRLF; empty ones are no rows. A byte order mark at the start is dropped.
/// @throws Error Fault::usage `<name>:<line>: ...` for a quote that never closes or stands in the wrong place
std::vector<CsvRow> parse_csv(std::string_view text, const std::string& name);

/// Where the header has this column; the first one if there are several.
std::optional<std::size_t> column_of(const CsvRow& header, std::string_view column);

}  // namespace echofold
