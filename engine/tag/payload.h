// The payload of a file whose tags are written: it must be equal before and after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "index/model/record.h"

namespace echofold {

/// The files whose tags can be written.
enum class TagFormat : std::uint8_t {
  mpeg,  ///< MP3
  flac,  ///< .flac
  ogg_vorbis,
  ogg_opus,
  ogg_flac,
  mp4,  ///< M4A and the like, not fragmented
  asf,  ///< WMA
  ape,
  wavpack,
  musepack
};

/// The format that the decoder recognised, whatever the file's name.
std::optional<TagFormat> tag_format_of(const AudioProperties& properties) noexcept;

/// A hash over the encoded audio and what its decoder needs, found by the structure of the format alone. Nothing is
/// decoded.
/// @throws Error  Fault::damaged if the structure is wrong, Fault::unsupported if audio and tags can't be separated
///                in it (chained Ogg, fragmented MP4, a compressed header), Fault::io
std::string payload_hash(int fd, TagFormat format);

}  // namespace echofold
