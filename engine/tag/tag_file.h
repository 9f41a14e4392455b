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

  /// True when the tag that counts is missing or has no property.
  bool main_tag_says_nothing() const;

  std::vector<TagPicture> pictures() const;

  /// Gives these properties these values in an ASF; no values: takes them away. Adds the pictures, and saves.
  /// @throws Error Fault::io
  void change_asf(const TagLib::PropertyMap& values, const std::vector<TagPicture>& pictures);

  /// Puts this in the place of the packet of comments, in Ogg. @throws Error Fault::io
  void save_comment_packet(const std::string& packet);

 private:
  TagLib::Tag* main_tag() const;
  /// Of the tag that counts; of the others where there is none.
  TagLib::PropertyMap own_properties() const;
  void finish(bool saved);

  TagFormat format_;
  std::unique_ptr<TagLib::FileStream> stream_;
  std::unique_ptr<TagLib::File> file_;
};

}  // namespace echofold
