// The elements of a Matroska or WebM file.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/audio/byte_view.h"

namespace echofold {

struct EbmlElement {
  std::uint64_t id = 0;      ///< with its length marker, as the specification writes it
  std::int64_t content = 0;  ///< where the content starts, after the header
  std::int64_t end = 0;      ///< according to its size: may lie beyond the file
  bool open = false;         ///< its size is unknown: a live stream
};

/// The element at `at`; nothing if there is no valid one.
/// @param end  of the enclosing element
std::optional<EbmlElement> ebml_element_at(const ByteView& file, std::int64_t at, std::int64_t end);

/// The first element with this id between `at` and `end`.
std::optional<EbmlElement> find_ebml_element(const ByteView& file, std::int64_t at, std::int64_t end,
                                             std::uint64_t id);

inline constexpr std::uint64_t ebml_head_id = 0x1A45'DFA3, matroska_segment_id = 0x1853'8067,
                               matroska_tracks_id = 0x1654'AE6B, matroska_track_id = 0xAE,
                               matroska_encodings_id = 0x6D80, matroska_encoding_id = 0x6240,
                               matroska_encryption_id = 0x5035;

}  // namespace echofold
