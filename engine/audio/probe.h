// What a file is: codec, rates, channels, and its tags.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"
#include "index/model/record.h"

namespace echofold {

/// By the codec alone: a hybrid WavPack counts as exact.
Coding coding_of(const Input& input);

/// What the stream is, by its headers and by what decoding showed.
/// The bit rate is that of the packets that were read; the duration is what was decoded, or what the header
/// claims when a limit stopped the decoder.
AudioProperties describe(const Input& input, const Decoded& decoded);

/// What any tag of the file says, the first that has a field first: those of the container (probe_tag_union.h), then ID3v2 in
/// front, APE and ID3v1 behind any container, then what libav has (Matroska, DSF, DFF). Never fails: tags
/// that cannot be read are no tags. Values are valid UTF-8 without NUL, at most 4,096 bytes.
/// @param fd        of the same file; read with pread
/// @param contents  is told of chapters, lyrics and cue sheets
Tags read_tags(const Input& input, int fd, const std::stop_token& stop, FileContents& contents);

}  // namespace echofold
