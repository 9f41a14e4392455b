// Merges all tags of one file: a field has a value if any tag has one.
#pragma once

#include <tpropertymap.h>

#include <vector>

namespace TagLib {
class File;
class IOStream;
class Tag;
}  // namespace TagLib

namespace echofold {

/// The non-empty tags that TagLib finds in this file, in order of precedence:
///
///   MP3, raw AAC            ID3v2, APE, ID3v1
///   FLAC                    Vorbis comments, ID3v2, ID3v1
///   WAV                     ID3v2, RIFF INFO
///   APE, WavPack, Musepack  APE, ID3v1
///   TTA                     ID3v2, ID3v1
///   all others              their only one
///
/// ID3v1 is always last: it truncates its texts.
std::vector<TagLib::Tag*> tags_of(TagLib::File& file);

/// The fields of one tag under TagLib's names, including those only this kind of tag has.
TagLib::PropertyMap properties_of(const TagLib::Tag& tag);

/// Copies the fields of `more` that `into` lacks, or has only as blanks.
void add_missing(TagLib::PropertyMap& into, const TagLib::PropertyMap& more);

/// The merged fields of all tags_of(): each field comes from the first tag that has it.
TagLib::PropertyMap united_properties(TagLib::File& file);

/// Whether an ID3v2 or APE tag of the file holds a picture.
bool has_picture_in_tags(TagLib::File& file);

}  // namespace echofold
