// All tags of one file as one: what a file says of itself is what any of its tags says.
#pragma once

#include <tpropertymap.h>

#include <vector>

namespace TagLib {
class File;
class IOStream;
class Tag;
}  // namespace TagLib

namespace echofold {

/// The tags that TagLib has of this file and that hold something, the one that counts first:
///
///   MP3, raw AAC            ID3v2, APE, ID3v1
///   FLAC                    Vorbis comments, ID3v2, ID3v1
///   WAV                     ID3v2, RIFF INFO
///   APE, WavPack, Musepack  APE, ID3v1
///   TTA                     ID3v2, ID3v1
///   all others              their only one
///
/// ID3v1 is always the last: it cuts its texts.
std::vector<TagLib::Tag*> tags_of(TagLib::File& file);

/// What one tag says, by TagLib's names, with all fields of its kind.
TagLib::PropertyMap properties_of(const TagLib::Tag& tag);

/// Takes the fields from `more` that `into` does not have, or has only blanks in.
void add_missing(TagLib::PropertyMap& into, const TagLib::PropertyMap& more);

/// What all of tags_of() say: of each field what the first of them says that has it.
TagLib::PropertyMap united_properties(TagLib::File& file);

/// A picture in an ID3v2 or APE tag of the file.
bool has_picture_in_tags(TagLib::File& file);

}  // namespace echofold
