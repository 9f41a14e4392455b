// How postings are packed and ordered: one 64-bit id, and keys in the order of mix(key).
//
// An index orders its postings by (mix(key), track, position). mix is bijective, so equal keys are
// adjacent. It spreads keys evenly, so the top bits of mix(key) are the number of the list.
#pragma once

#include <cstddef>
#include <cstdint>

#include "index/candidates/keys.h"

namespace echofold {

inline constexpr int position_bits = 24;

/// track << 24 | position, as FAISS's signed id. To be compared as unsigned.
constexpr std::int64_t posting_id(TrackId track, std::uint32_t position) noexcept {
  return static_cast<std::int64_t>(track << position_bits | position);
}
constexpr TrackId track_of(std::int64_t id) noexcept {
  return static_cast<std::uint64_t>(id) >> position_bits;
}
constexpr std::uint32_t position_of(std::int64_t id) noexcept {
  return static_cast<std::uint32_t>(id) & ((1u << position_bits) - 1);
}

constexpr std::uint32_t order_of(Item item, std::uint32_t mask) noexcept { return mix(key_of(item, mask)); }

/// The number of the list that has the keys of this order, among 2^list_bits lists.
constexpr std::size_t list_of(std::uint32_t order, int list_bits) noexcept {
  return static_cast<std::size_t>(std::uint64_t{order} >> (32 - list_bits));
}

/// Postings that are adjacent in memory. Does not own them.
struct PostingRun {
  const Item* items = nullptr;
  const std::int64_t* ids = nullptr;
  std::size_t size = 0;
};

/// All postings of one key: those in the file, and those in the delta. Both in order of (track, position).
struct KeyPostings {
  PostingRun filed, added;
  std::size_t size() const noexcept { return filed.size + added.size; }
};

/// The part of `run` that has exactly this order. `run` is ordered by order_of(item). Never reads outside
/// `run`, whatever its bytes are.
PostingRun find_in_run(const PostingRun& run, std::uint32_t order, std::uint32_t mask) noexcept;

}  // namespace echofold
