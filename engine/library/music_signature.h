// Whether a file begins as music does, for names that do not show it.
#pragma once

#include <cstddef>
#include <string_view>

namespace echofold {

/// How many of a file's first bytes the signatures cover.
inline constexpr std::size_t music_signature_bytes = 12;

/// Whether a file's first bytes are those of a music format. This is a guess: such a file may still hold no audio.
bool has_music_signature(std::string_view first_bytes) noexcept;

}  // namespace echofold
