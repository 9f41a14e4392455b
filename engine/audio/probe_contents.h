// What headers and tags say about a file's contents besides its sound: chapters, lyrics, cue sheets.
#pragma once

#include "engine/audio/input.h"
#include "index/model/record.h"

namespace TagLib {
class PropertyMap;
}

namespace echofold {

/// Finds chapters with libav, and lyrics and cue sheets that TagLib does not report: those in tags that libav reads,
/// in a FLAC's cue sheet block, and in Lyrics3 at the end of an MP3. Never fails: what can't be read is treated as
/// absent.
/// @param fd  of the same file; read with pread
void probe_contents(const Input& input, int fd, const std::stop_token& stop, FileContents& contents);

/// Notes lyrics and cue sheets by TagLib's field names.
void note_texts(const TagLib::PropertyMap& properties, FileContents& contents);

}  // namespace echofold
