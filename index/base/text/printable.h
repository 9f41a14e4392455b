// Text from files made safe for a terminal, and measured in its columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace echofold {

/// What may be printed of `bytes`: control characters (C0, DEL, C1), bytes that are not UTF-8 and characters
/// that turn the direction of writing come as \xNN, so that no name or tag can steer the terminal, break a
/// line or look like another. Everything else stays as it is.
std::string printable(std::string_view bytes);

/// `why` with the path in it, as printable(): an error may name no more than a folder far above.
std::string naming(const std::string& path, const std::string& why);

/// Columns that printable text takes in a terminal: wide East Asian characters and emoji two, combining
/// marks none.
std::size_t columns_of(std::string_view printable_text) noexcept;

/// How many bytes of the front, whole characters only, fit into `columns`; at least one character.
std::size_t bytes_within(std::string_view printable_text, std::size_t columns) noexcept;

/// Cut to at most `columns`, with an ellipsis at the end, or at the front with `keep_end` (paths).
std::string fitted(std::string_view printable_text, std::size_t columns, bool keep_end = false);

/// Filled with spaces up to `columns`; longer text stays.
std::string padded(std::string text, std::size_t columns);

}  // namespace echofold
