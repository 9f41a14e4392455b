// A value of the `items` database: a header of 16 bytes, then the raw items, read where they lie.
//
// LMDB puts a small value beside others on a leaf page, aligned to 2 bytes only, and moves it when its
// neighbours change; a value of more than about half a page gets pages of its own and starts 16 bytes into
// the first. So small fingerprints are padded to half a page: they take the one page that a single
// minute of audio takes anyway, and every item is aligned for a reader without a copy.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "index/model/fingerprint.h"

namespace echofold {

/// Bytes of the value of `count` items in a store with pages of `page_bytes`.
std::size_t items_value_bytes(std::size_t count, std::size_t page_bytes) noexcept;

/// Writes that many bytes to `to`.
void write_items_value(char* to, TrackId id, Items items, std::size_t page_bytes) noexcept;

/// The items inside `value`, not copied. The checksum covers id, count and items.
/// @throws Error  Fault::version, or Fault::damaged when length, padding, place or checksum is off
Items read_items_value(std::string_view value, TrackId id, std::size_t page_bytes);

}  // namespace echofold
