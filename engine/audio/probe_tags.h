// Reads the tags of a file.
#pragma once

#include <stop_token>

#include "engine/audio/input.h"
#include "index/model/record.h"

namespace echofold {

/// Reads all tags of the file. Each field comes from the first tag that has it, in this order: the container's tags
/// (probe_tag_union.h), ID3v2 at the front, APE and ID3v1 at the end of any container, then what libav reads
/// (Matroska, DSF, DFF). Never fails: tags that cannot be read are treated as absent. Values are valid UTF-8 without
/// NUL, at most 4,096 bytes.
/// @param fd        of the same file; read with pread
/// @param contents  chapters, lyrics and cue sheets are added to it
Tags read_tags(const Input& input, int fd, const std::stop_token& stop, FileContents& contents);

}  // namespace echofold
