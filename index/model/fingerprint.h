// A fingerprint: 32-bit items at a fixed hop. Only this file turns items into seconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "index/base/hash.h"

namespace echofold {

using Item = std::uint32_t;
using Items = std::span<const Item>;

/// Identifies a track in one library. The store gives ids in ascending order from 1 and never reuses one.
/// Below 2^40. Zero means "no track".
using TrackId = std::uint64_t;

/// The item of digital silence by Chromaprint (algorithm TEST2, id 1).
inline constexpr Item silence_item = 627964279u;
inline constexpr int item_bits = 32;

/// Items start every 1365 samples of 11,025 Hz; each covers `item_span_s`.
inline constexpr double item_hop_s = 1365.0 / 11025.0;
inline constexpr double item_span_s = 2.60;

constexpr double items_to_seconds(double items) noexcept { return items * item_hop_s; }
constexpr double seconds_to_items(double seconds) noexcept { return seconds / item_hop_s; }

/// The seconds of audio that `count` items cover: the last item covers more than one hop.
constexpr double audio_seconds(std::size_t count) noexcept {
  return count == 0 ? 0.0 : items_to_seconds(static_cast<double>(count - 1)) + item_span_s;
}

/// XXH3-128 of the bytes of the items: equal hashes mean equal fingerprints.
Hash128 hash_items(Items items) noexcept;

}  // namespace echofold
