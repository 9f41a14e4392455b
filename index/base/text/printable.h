// Makes text from files safe for a terminal, and measures it in columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "index/base/error.h"

namespace echofold {

/// `bytes` as they may be printed: control characters (C0, DEL, C1), bytes that are not UTF-8 and characters
/// that change the direction of writing become \xNN, so that no name or tag can control the terminal, break a
/// line or look like another. Everything else stays as it is.
std::string printable(std::string_view bytes);

/// `why` with the path, made printable(), in front, unless it names the path: an error may only name a folder far
/// above.
std::string naming(const std::string& path, const std::string& why);
/// The same error with that message.
Error naming(const std::string& path, const Error& why);

/// The columns that printable text takes in a terminal: wide East Asian characters and emoji take two, combining
/// marks none.
std::size_t columns_of(std::string_view printable_text) noexcept;

/// How many bytes at the start of the text fit into `columns`: whole characters only, and at least one.
std::size_t bytes_within(std::string_view printable_text, std::size_t columns) noexcept;

/// The text cut to at most `columns`, with an ellipsis at the end, or at the start with `keep_end` (for paths).
std::string fitted(std::string_view printable_text, std::size_t columns, bool keep_end = false);

/// The text filled with spaces up to `columns`; longer text stays as it is.
std::string padded(std::string text, std::size_t columns);

}  // namespace echofold
