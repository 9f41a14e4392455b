// What headers and tags say of a file beside its sound: chapters, lyrics, cue sheets.
#pragma once

#include "engine/audio/input.h"
#include "index/model/record.h"

namespace TagLib {
class PropertyMap;
}

namespace echofold {

/// Chapters by libav; lyrics and cue sheets where TagLib is no help: what libav has of the tags, a FLAC's cue sheet block,
/// and Lyrics3 at the end of an MP3. Never fails: what can't be read is not there.
/// @param fd  of the same file; read with pread
void probe_contents(const Input& input, int fd, const std::stop_token& stop, FileContents& contents);

/// Lyrics and cue sheets by TagLib's names.
void note_texts(const TagLib::PropertyMap& properties, FileContents& contents);

}  // namespace echofold
