// Looks which other music needs a partner file, just before it goes.
#include "engine/act/going_along.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/partner/stem.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// The music that the partner file belongs to, that is there and that does not go now.
std::vector<std::string> music_that_stays(const Partner& partner, const std::set<std::string>& going) {
  std::vector<std::string> stay;
  for (const std::string& music : partner.music)
    if (!going.contains(music) && look_at(music)) stay.push_back(music);
  return stay;
}

/// True for a cue sheet of several pieces of music. "song.flac" and "song.mp3" are one piece; "01.flac" and "02.flac"
/// are two.
bool names_several(const Partner& partner) {
  if (partner.kind != PartnerKind::cue_sheet) return false;
  std::set<std::string> stems;
  for (const std::string& music : partner.music) stems.insert(path_without_extension(music));
  return stems.size() > 1;
}

[[noreturn]] void refuse(const std::string& drop, const Partner& partner, const std::string& stays) {
  throw Error(Fault::usage, printable(drop) + ": the cue sheet " + printable(partner.path) +
                                " names it and " + printable(split_path(stays).name) +
                                ", which stays; the cue sheet would be broken");
}

}  // namespace

void GoingAlong::plan(const std::vector<NameToGo>& names) {
  for (const NameToGo& name : names) planned_.insert(name.path);
}

std::vector<Along> GoingAlong::with(const std::vector<NameToGo>& names) {
  std::set<std::string> going;
  for (const NameToGo& name : names) going.insert(name.path);
  std::map<std::string, Along> found;  // by path: one that belongs to several of them goes with the last
  for (const NameToGo& name : names)
    for (const Partner* partner : partners_.of(name.path)) {
      if (!look_at(partner->path)) continue;
      const auto stay = music_that_stays(*partner, going);
      if (stay.empty()) {
        found[partner->path] = {partner, name.path};
        continue;
      }
      const auto needs_it = std::find_if(stay.begin(), stay.end(),
                                         [&](const std::string& music) { return !planned_.contains(music); });
      if (names_several(*partner) && needs_it != stay.end()) refuse(name.path, *partner, *needs_it);
    }
  std::vector<Along> along;
  along.reserve(found.size());
  for (auto& [path, one] : found) along.push_back(std::move(one));
  return along;
}

std::vector<Along> GoingAlong::with(const std::string& music) {
  std::vector<Along> along;
  for (const Partner* partner : partners_.of(music))
    if (look_at(partner->path) && music_that_stays(*partner, {music}).empty())
      along.push_back({partner, music});
  return along;
}

}  // namespace echofold
