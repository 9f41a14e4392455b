// A value of the `items` database: a header of 16 bytes, then the raw items, which are read without a copy.
//
// LMDB puts a small value beside others on a leaf page, aligned to 2 bytes only, and moves it when its neighbours
// change. A value of more than about half a page gets pages of its own and starts 16 bytes into the first. So small
// fingerprints are padded to half a page: they take one page, as a single minute of audio does anyway, and every
// item is aligned for a reader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "index/model/fingerprint.h"

namespace echofold {

/// The size in bytes of a value of `count` items, in a store with pages of `page_bytes`.
std::size_t items_value_bytes(std::size_t count, std::size_t page_bytes) noexcept;

/// Writes a value of items_value_bytes() bytes to `to`.
void write_items_value(char* to, TrackId id, Items items, std::size_t page_bytes) noexcept;

/// The items inside `value`, not copied. The checksum covers id, count and items.
/// @throws Error  Fault::version, or Fault::damaged when the length, alignment or checksum is wrong
Items read_items_value(std::string_view value, TrackId id, std::size_t page_bytes);

}  // namespace echofold
