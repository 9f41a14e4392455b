// Whether a file begins as music does: for names that say nothing.
#pragma once

#include <cstddef>
#include <string_view>

namespace echofold {

/// As many of a file's first bytes as the signatures look at.
inline constexpr std::size_t music_signature_bytes = 12;

/// Whether these first bytes of a file are those of a music format. A guess: what begins so may still hold no audio.
bool has_music_signature(std::string_view first_bytes) noexcept;

}  // namespace echofold
