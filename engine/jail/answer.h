// What a decoding process reports about its file or its two files, as bytes. The reader trusts none of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "engine/audio/read_track.h"
#include "engine/jail/confine.h"
#include "engine/media/media.h"
#include "index/base/error.h"
#include "index/model/heard.h"

namespace echofold {

/// One file that was read, two that were compared, a part of one, or why none of these was possible.
using JailOutcome = std::variant<AudioTrack, Heard, Media, Error>;

struct JailAnswer {
  Confinement confinement;  ///< what confined the process while it decoded
  JailOutcome outcome;
};

/// The longest valid answer: the store limits the items of a track, and tags are truncated.
inline constexpr std::size_t longest_answer_bytes = std::size_t{80} << 20;

std::string encode(const JailAnswer& answer);

/// Checks every field: a decoder that its file has taken over may send anything. Texts are made valid, and numbers
/// finite. The status follows from the items, and an Error is of a kind that concerns only the file. What was heard
/// leads to a judgement, so nothing in it is made up: a number that no music has makes the answer invalid. Whether a part
/// of a file has the size that was asked for is checked by who asked (is_answer_to()).
/// @throws Error Fault::damaged if the bytes are not a valid answer
JailAnswer decode_answer(std::string_view bytes);

}  // namespace echofold
