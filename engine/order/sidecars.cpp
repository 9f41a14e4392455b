// Lyrics, cue sheets and covers: files that belong to a track, or to a folder of tracks.
#include "engine/order/sidecars.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/partner/partners.h"
#include "engine/partner/stem.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/folding.h"
#include "index/base/text/legal_name.h"

namespace echofold {
namespace {

/// The music of one folder and where it goes, by path.
using TracksOfFolder = std::map<std::string, const NamedFile*>;

/// The other folder to which all music goes; nothing if it goes to several folders, or stays.
std::optional<std::string> way_of_all(const std::string& path, const TracksOfFolder& tracks,
                                      const std::vector<DiskName>& names) {
  std::optional<std::string> way;
  for (const DiskName& there : names) {
    const auto track = tracks.find(join_path(path, there.name));
    if (track == tracks.end()) {
      if (is_music_extension(suffix_of(there.name))) return std::nullopt;
      continue;
    }
    const std::string goes_to = split_path(track->second->to).folder;
    if (goes_to == path || (way && *way != goes_to)) return std::nullopt;
    way = goes_to;
  }
  return way;
}

/// True for what belongs to a whole folder of music: covers, playlists, logs and checksums.
bool belongs_to_folder(const std::string& name) {
  static const std::set<std::string> endings = {".m3u", ".m3u8",    ".pls", ".xspf", ".wpl", ".zpl", ".cue",
                                                ".log", ".accurip", ".nfo", ".sfv",  ".md5", ".ffp", ".st5"};
  const std::string stem = folded(stem_of(name));
  return stem == "cover" || stem == "folder" || endings.contains(folded(suffix_of(name)));
}

class Along {
 public:
  Along(const std::vector<NamedFile>& tracks, DiskNames& disk, std::vector<Parting>& partings)
      : disk_(disk), partners_(disk), partings_(partings) {
    for (const NamedFile& track : tracks) folders_[split_path(track.from).folder].emplace(track.from, &track);
  }

  std::vector<NamedFile> find() {
    for (const auto& [path, tracks] : folders_) {
      std::set<std::string> partners;
      for (const Partner& partner : partners_.in(path)) {
        partners.insert(partner.path);
        if (!tracks.contains(partner.path)) take(partner, tracks);
      }
      const std::vector<DiskName>& names = disk_.in(path);
      const auto way = way_of_all(path, tracks, names);
      if (!way) continue;
      for (const DiskName& there : names) {
        const std::string from = join_path(path, there.name);
        const bool free = there.is_file && !tracks.contains(from) && !partners.contains(from);
        if (free && belongs_to_folder(there.name)) add(from, *way, there.name, *tracks.begin()->second, "");
      }
    }
    return std::move(found_);
  }

 private:
  /// A partner file goes where its music goes, and stays with music that stays. Music that would be separated from it
  /// stays, too, except that the FILE lines of a cue sheet can follow.
  void take(const Partner& partner, const TracksOfFolder& tracks) {
    std::set<std::string> folders, stems;
    for (const std::string& music : partner.music) {
      const auto track = tracks.find(music);
      if (track == tracks.end() || track->second->to == music) return;
      folders.insert(split_path(track->second->to).folder);
      stems.insert(path_without_extension(track->second->to));
    }
    const NamedFile& first = *tracks.at(partner.music.front());
    const std::string name = split_path(partner.path).name;
    if (partner.naming == Partner::Naming::own) {
      if (folders.size() == 1) add(partner.path, *folders.begin(), name, first, partner.music);
      return;
    }
    if (stems.size() > 1) {
      for (const std::string& music : partner.music) partings_.push_back({music, partner.path});
      return;
    }
    const SplitPath to = split_path(first.to);
    const bool full = partner.naming == Partner::Naming::full_name;
    add(partner.path, to.folder, legal_file_name(full ? to.name : stem_of(to.name), partner.ending), first,
        partner.music);
  }

  void add(const std::string& from, const std::string& folder, const std::string& name,
           const NamedFile& track, const std::vector<std::string>& music) {
    add(from, folder, name, track, music.size() == 1 ? music.front() : "");
  }

  void add(const std::string& from, const std::string& folder, const std::string& name,
           const NamedFile& track, const std::string& with) {
    const auto now = look_at(from);
    if (!now || join_path(folder, name) == from) return;
    NamedFile file{0, from, track.root, stamp_of(*now), folder, name, {}};
    file.with = with;
    found_.push_back(std::move(file));
  }

  DiskNames& disk_;
  Partners partners_;
  std::vector<Parting>& partings_;
  std::map<std::string, TracksOfFolder> folders_;
  std::vector<NamedFile> found_;
};

}  // namespace

std::vector<NamedFile> sidecars(const std::vector<NamedFile>& tracks, DiskNames& disk,
                                std::vector<Parting>& partings) {
  return Along(tracks, disk, partings).find();
}

}  // namespace echofold
