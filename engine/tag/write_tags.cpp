// Changes tags as a rewrite: edits the copy part by part, and proves it before it replaces the file.
#include "engine/tag/write_tags.h"

#include <fcntl.h>

#include <algorithm>

#include "engine/act/files/copier.h"
#include "engine/audio/text.h"
#include "engine/tag/edit_tags.h"
#include "engine/tag/tag_names.h"
#include "engine/tag/tag_proof.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

void require_text(const std::string& value, const char* name) {
  if (!is_utf8(value) || value.find('\0') != std::string::npos)
    throw Error(Fault::usage, std::string("the new value of ") + name + " is not text (UTF-8 without NUL)");
}

TagLib::PropertyMap values_of(const TagChange& change) {
  TagLib::PropertyMap values;
  for (const TagField& field : tag_fields) {
    const std::optional<std::string>& value = change.*field.change;
    if (!value) continue;
    require_text(*value, field.property);
    values.replace(field.property, value->empty()
                                       ? TagLib::StringList()
                                       : TagLib::StringList(TagLib::String(*value, TagLib::String::UTF8)));
  }
  return values;
}

bool has_all(const TagLib::PropertyMap& properties, const TagChange& change) {
  return std::all_of(tag_fields.begin(), tag_fields.end(), [&](const TagField& field) {
    const std::optional<std::string>& value = change.*field.change;
    return !value || holds(properties, field.property, *value);
  });
}

/// ID3v2.3 stores a year, and a month only together with a day.
bool cut_date(const TagLib::PropertyMap& properties, const TagField& field, const std::string& wanted) {
  const auto found = properties.find(field.property);
  if (field.change != &TagChange::date || found == properties.end() || found->second.isEmpty()) return false;
  const std::string got = found->second.front().to8Bit(true);
  return got.size() >= 4 && wanted.starts_with(got);
}

void require_values(const TagLib::PropertyMap& properties, const TagChange& change) {
  for (const TagField& field : tag_fields) {
    const std::optional<std::string>& value = change.*field.change;
    if (value && !holds(properties, field.property, *value) && !cut_date(properties, field, *value))
      throw Error(Fault::damaged, std::string("its new tag \"") + field.property + "\" can't be read back");
  }
}

/// The tags as a scan would read them.
Tags record_tags(Tags tags, const TagLib::PropertyMap& properties, const TagChange& change) {
  for (const TagField& field : tag_fields) {
    if (field.record == nullptr || !(change.*field.change)) continue;
    const auto found = properties.find(field.property);
    const bool none = found == properties.end() || found->second.isEmpty();
    tags.*field.record = none ? "" : clean_text(found->second.front().to8Bit(true));
  }
  return tags;
}

/// Why there is nothing to rewrite; nothing if there is something.
std::optional<Error> why_not(const TrackRecord& track, const TagChange& change) {
  if (track.place != TrackPlace::present) return Error(Fault::missing, "it is not in its place");
  if (track.status == TrackStatus::failed)
    return Error(Fault::damaged, "it could not be read when it was scanned: " + track.failure);
  const auto format = tag_format_of(track.properties);
  if (!format)
    return Error(Fault::unsupported,
                 "tags are not written to files of this kind (" + track.properties.container + ")");
  const SplitPath split = split_path(track.path);
  const Folder folder = Folder::open(split.folder);
  const Fd file = open_to_read(folder, split.name);
  struct stat now {};
  if (fstat(file.get(), &now) != 0) throw system_error(errno, "can't look at it");
  if (const auto differs = difference(track.stamp, now))
    return Error(Fault::changed, "changed since it was scanned: " + *differs);
  return guarded([&]() -> std::optional<Error> {
    if (has_all(TagFile(file.get(), *format).properties(), change))
      return Error(Fault::usage, "already has these tags");
    return std::nullopt;
  });
}

}  // namespace

Rewritten write_tags(Rewriter& rewriter, const TrackRecord& track, const TagChange& change,
                     const TrackReader& read, const TagSettings& settings) {
  const TagLib::PropertyMap values = values_of(change);
  try {
    if (const auto why = why_not(track, change)) return {{}, naming(track.path, *why)};
  } catch (const Error& e) {
    return {{}, naming(track.path, e)};
  }
  const TagFormat format = *tag_format_of(track.properties);
  NewBytes bytes;
  bytes.change = [&](int copy) {
    guarded([&] { edit_tags(copy, format, tag_edit_of(copy, format, values, {})); });
  };
  bytes.verify = [&](int file, int copy) {
    return guarded([&]() -> std::optional<Tags> {
      const TagLib::PropertyMap properties =
          require_rest_unchanged(file, copy, format, tag_edit_of(file, format, values, {}), read);
      require_values(properties, change);
      return record_tags(track.tags, properties, change);
    });
  };
  return rewriter.rewrite({track.path, track.stamp, track.id, RewriteKind::tags, settings.keep_mtime}, bytes);
}

}  // namespace echofold
