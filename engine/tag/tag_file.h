// A music file as TagLib sees it, on an open descriptor. Only for engine/tag: it shows TagLib's types.
#pragma once

#include <tpropertymap.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/tag/payload.h"

namespace TagLib {
class File;
class FileStream;
class Tag;
}  // namespace TagLib

namespace echofold {

/// A picture in a tag. `type` as ID3v2 and FLAC number them: 3 is the front cover.
struct TagPicture {
  std::string mime, description;
  int type = 3;
  TagLib::ByteVector data;
  bool operator==(const TagPicture& other) const { return type == other.type && data == other.data; }
};

class TagFile {
 public:
  /// @param fd  stays the caller's; open for writing too where save() is to be called
  /// @throws Error Fault::damaged when TagLib can't read it as that
  TagFile(int fd, TagFormat format);
  ~TagFile();
  TagFile(const TagFile&) = delete;
  TagFile& operator=(const TagFile&) = delete;

  /// By TagLib's names, what any tag of the file says (engine/audio/probe_tag_union.h): the one that counts in this
  /// format first (ID3v2, Vorbis comments, ...). Frames without a property are those of that one.
  TagLib::PropertyMap properties() const;

  /// Gives these properties these values; no values: takes them away. All others stay, with the frames that
  /// have no property. A further tag that the file has (ID3v1, APE, ID3v2 of a FLAC) follows as far as it can hold the values.
  /// "3/12" is written as the format does it.
  void change(const TagLib::PropertyMap& values);

  std::vector<TagPicture> pictures() const;
  void add_picture(const TagPicture& picture);

  /// Keeps the version of an ID3v2 tag (2.2 becomes 2.3); a new one is 2.4. @throws Error Fault::io
  void save();

 private:
  TagLib::Tag* main_tag(bool create) const;
  /// Of the tag that counts; of the others where there is none.
  TagLib::PropertyMap own_properties() const;
  void follow_in_other_tags(const TagLib::PropertyMap& values);

  TagFormat format_;
  std::unique_ptr<TagLib::FileStream> stream_;
  std::unique_ptr<TagLib::File> file_;
};

}  // namespace echofold
