// What a decoder is given of a file, without its tags: equal before and after, or the tags are not written.
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
  mp4,  ///< M4A and kin, not in fragments
  asf,  ///< WMA
  ape,
  wavpack,
  musepack
};

/// By what the decoder took the file for, not by its name.
std::optional<TagFormat> tag_format_of(const AudioProperties& properties) noexcept;

/// A hash over the coded audio and what sets its decoder up, by the structure of the format alone; nothing is
/// decoded.
/// @throws Error  Fault::damaged where the structure is off, Fault::unsupported where it is one in which
///                audio can't be told from tags (chained Ogg, fragmented MP4, a compressed header), Fault::io
std::string payload_hash(int fd, TagFormat format);

}  // namespace echofold
