// A music file as TagLib sees it, by an open descriptor. Only for engine/tag: it shows TagLib's types.
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

/// A picture in a tag. `type` is the number in ID3v2 and FLAC: 3 is the front cover.
struct TagPicture {
  std::string mime, description;
  int type = 3;
  TagLib::ByteVector data;
  bool operator==(const TagPicture& other) const { return type == other.type && data == other.data; }
};

class TagFile {
 public:
  /// @param fd  owned by the caller; also open for writing if the file is to be changed
  /// @throws Error Fault::damaged if TagLib can't read it as this format
  TagFile(int fd, TagFormat format);
  ~TagFile();
  TagFile(const TagFile&) = delete;
  TagFile& operator=(const TagFile&) = delete;

  /// The properties of all tags of the file, by TagLib's names (engine/audio/probe_tag_union.h). The tag that counts in
  /// this format (ID3v2, Vorbis comments, ...) comes first. Frames without a property are only those of that tag.
  TagLib::PropertyMap properties() const;

  /// True if the tag that counts is missing or has no property.
  bool main_tag_says_nothing() const;

  std::vector<TagPicture> pictures() const;

  /// Sets these properties in an ASF file (no values: removes them), adds the pictures, and saves.
  /// @throws Error Fault::io
  void change_asf(const TagLib::PropertyMap& values, const std::vector<TagPicture>& pictures);

  /// Replaces the comment packet of an Ogg file. @throws Error Fault::io
  void save_comment_packet(const std::string& packet);

 private:
  TagLib::Tag* main_tag() const;
  /// The properties of the tag that counts, or of the others if there is none.
  TagLib::PropertyMap own_properties() const;
  void finish(bool saved);

  TagFormat format_;
  std::unique_ptr<TagLib::FileStream> stream_;
  std::unique_ptr<TagLib::File> file_;
};

}  // namespace echofold
