// Reads both files, compares them, and refuses any other difference.
#include "engine/tag/tag_proof.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <utility>

#include "engine/tag/listing_proof.h"
#include "engine/tag/tag_parts.h"
#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

bool is_number(const char* name) {
  const std::string_view text(name);
  return text == "TRACKNUMBER" || text == "DISCNUMBER";
}

bool same_number(const TagLib::String& got, const TagLib::String& wanted) {
  bool one = false;
  bool other = false;
  return got.split("/").front().toInt(&one) == wanted.split("/").front().toInt(&other) && one && other;
}

using Parts = std::map<std::pair<std::string, std::string>, std::vector<TagPart>>;  // by place and name

Parts grouped(const std::vector<TagPart>& parts) {
  Parts groups;
  for (const TagPart& part : parts) groups[{part.place, part.name}].push_back(part);
  return groups;
}

bool names_people(const TagLib::PropertyMap& values) {
  constexpr std::array<const char*, 6> roles = {"ARRANGER", "ENGINEER", "PRODUCER",
                                                "DJMIXER",  "MIXER",    "PERFORMER"};
  return std::any_of(roles.begin(), roles.end(), [&](const char* role) { return values.contains(role); });
}

/// Whether a part like this one may be added.
bool may_be_added(const TagPart& part, const TagEdit& edit) {
  if (part.property == "*") return true;
  if (part.property == "PICTURE") return !edit.pictures.empty();
  if (part.property == "PEOPLE") return names_people(edit.main);
  return edit.main.contains(TagLib::String(part.property));
}

/// Whether this part may change or vanish.
bool may_go(const TagPart& part, const TagEdit& edit) {
  const TagLib::String property(part.property);
  return edit.asked.contains(property) || (part.place == "Vorbis comments" && edit.main.contains(property));
}

void require_group(const TagPart& first, const std::vector<TagPart>& before,
                   const std::vector<TagPart>& after, const TagEdit& edit) {
  if (may_go(first, edit)) return;
  const bool all_there =
      before.size() <= after.size() && std::equal(before.begin(), before.end(), after.begin());
  if (!all_there)
    throw Error(Fault::damaged, fmt::format("its tag \"{}\" ({}) would be lost or changed; it stays as it is",
                                            first.name, first.place));
  if (before.size() < after.size() && !may_be_added(first, edit))
    throw Error(Fault::damaged,
                fmt::format("it would have a tag \"{}\" ({}) that is not asked for; it stays as it is",
                            first.name, first.place));
}

void require_parts(const std::vector<TagPart>& old_parts, const std::vector<TagPart>& new_parts,
                   const TagEdit& edit) {
  const Parts before = grouped(old_parts);
  const Parts after = grouped(new_parts);
  for (const auto& [name, parts] : before) {
    const auto found = after.find(name);
    require_group(parts.front(), parts, found == after.end() ? std::vector<TagPart>{} : found->second, edit);
  }
  for (const auto& [name, parts] : after)
    if (!before.contains(name)) require_group(parts.front(), {}, parts, edit);
}

/// A hint for libav if the content does not show the format.
std::string_view extension_of(TagFormat format) {
  constexpr std::array<std::string_view, 10> extensions = {"mp3", "flac", "ogg", "opus", "oga",
                                                           "m4a", "wma",  "ape", "wv",   "mpc"};
  return extensions[static_cast<std::size_t>(format)];
}

/// The copy is also open for writing: the decoder gets another descriptor that is not.
std::vector<ListedFact> listing_of(int fd, TagFormat format, const TrackReader& read) {
  const Fd file(open(fmt::format("/proc/self/fd/{}", fd).c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw system_error(errno, "can't read it again");
  try {
    return read(file.get(), extension_of(format), {.list_contents = true}, {}).facts;
  } catch (const Error& e) {
    throw Error(e.fault(), fmt::format("its tags can't be proved to change nothing else: {}", e.what()));
  }
}

}  // namespace

bool holds(const TagLib::PropertyMap& properties, const char* name, const std::string& wanted) {
  const auto found = properties.find(name);
  const bool none = found == properties.end() || found->second.isEmpty();
  if (none || wanted.empty()) return none && wanted.empty();
  const TagLib::String want(wanted, TagLib::String::UTF8);
  const TagLib::String& got = found->second.front();
  return got == want || (is_number(name) && same_number(got, want));
}

TagLib::PropertyMap require_rest_unchanged(int file, int copy, TagFormat format, const TagEdit& edit,
                                           const TrackReader& read) {
  if (payload_hash(file, format) != payload_hash(copy, format))
    throw Error(Fault::damaged, "its audio would not be the same with the new tags; it stays as it is");
  require_parts(tag_parts(file, format), tag_parts(copy, format), edit);
  require_same_listing(listing_of(file, format, read), listing_of(copy, format, read), edit);
  return TagFile(copy, format).properties();
}

}  // namespace echofold
