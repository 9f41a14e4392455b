// What a decoding process says of its file, as bytes. The reader believes none of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "engine/audio/read_track.h"
#include "engine/jail/confine.h"
#include "index/base/error.h"

namespace echofold {

struct JailAnswer {
  Confinement confinement;  ///< what held the process while it read
  std::variant<AudioTrack, Error> outcome;
};

/// No answer is longer: the store takes no more items of a track, and tags are cut.
inline constexpr std::size_t longest_answer_bytes = std::size_t{80} << 20;

std::string encode(const JailAnswer& answer);

/// Checks every field: a decoder that was taken over by its file may say anything. Texts are made valid, numbers
/// finite; the status is told from the items; an Error is of a kind that concerns the file alone.
/// @throws Error Fault::damaged for bytes that are no answer
JailAnswer decode_answer(std::string_view bytes);

}  // namespace echofold
