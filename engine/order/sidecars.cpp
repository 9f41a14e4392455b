// Lyrics, cue sheets and covers: what belongs to a track, or to a folder of them.
#include <algorithm>
#include <map>
#include <optional>

#include "engine/act/folder.h"
#include "engine/library/walk.h"
#include "engine/order/named_files.h"
#include "engine/tag/legal_name.h"

namespace echofold {
namespace {

std::string stem_of(const std::string& name) {
  return name.substr(0, name.size() - extension_of(name).size());
}

std::string lower_extension(const std::string& name) {
  const std::string_view extension = extension_of(name);
  return folded(extension.substr(std::min<std::size_t>(extension.size(), 1)));
}

bool is_music(const std::string& name) {
  static const std::vector<std::string> known = WalkSettings().extensions;
  return std::find(known.begin(), known.end(), lower_extension(name)) != known.end();
}

/// The music of one folder and where it goes.
struct FolderOfTracks {
  std::map<std::string, const NamedFile*> by_name;
};

/// The path without extension to which all music of this stem goes; nothing where it parts, or stays.
std::optional<std::string> way_of_stem(const FolderOfTracks& folder, const std::vector<DiskName>& names,
                                       const std::string& stem) {
  std::optional<std::string> way;
  for (const DiskName& there : names) {
    if (!is_music(there.name) || stem_of(there.name) != stem) continue;
    const auto track = folder.by_name.find(there.name);
    if (track == folder.by_name.end()) return std::nullopt;
    const SplitPath to = split_path(track->second->to);
    const std::string goes_to = joined_path(to.folder, stem_of(to.name));
    if (way && *way != goes_to) return std::nullopt;
    way = goes_to;
  }
  return way;
}

/// The other folder to which all music goes; nothing where it parts, or stays.
std::optional<std::string> way_of_all(const std::string& path, const FolderOfTracks& folder,
                                      const std::vector<DiskName>& names) {
  std::optional<std::string> way;
  for (const DiskName& there : names) {
    if (!is_music(there.name) && !folder.by_name.contains(there.name)) continue;
    const auto track = folder.by_name.find(there.name);
    if (track == folder.by_name.end()) return std::nullopt;
    const std::string goes_to = split_path(track->second->to).folder;
    if (goes_to == path || (way && *way != goes_to)) return std::nullopt;
    way = goes_to;
  }
  return way;
}

}  // namespace

std::vector<NamedFile> sidecars(const std::vector<NamedFile>& tracks, DiskNames& disk) {
  std::map<std::string, FolderOfTracks> folders;
  for (const NamedFile& track : tracks) {
    const SplitPath split = split_path(track.from);
    folders[split.folder].by_name.emplace(split.name, &track);
  }
  std::vector<NamedFile> found;
  for (const auto& [path, folder] : folders) {
    const std::vector<DiskName>& names = disk.in(path);
    const auto cover_way = way_of_all(path, folder, names);
    for (const DiskName& there : names) {
      if (!there.is_file || is_music(there.name) || folder.by_name.contains(there.name)) continue;
      const std::string stem = stem_of(there.name);
      const std::string extension = lower_extension(there.name);
      NamedFile file{0, joined_path(path, there.name), folder.by_name.begin()->second->root, {}, {}, {}, {}};
      if (extension == "lrc" || extension == "cue") {
        const auto way = way_of_stem(folder, names, stem);
        if (!way) continue;
        const SplitPath to = split_path(*way);
        file.folder = to.folder;
        file.name = legal_file_name(to.name, extension_of(there.name));
      } else if (cover_way && (folded(stem) == "cover" || folded(stem) == "folder")) {
        file.folder = *cover_way;
        file.name = there.name;
      } else {
        continue;
      }
      const auto now = look_at(file.from);
      if (!now || joined_path(file.folder, file.name) == file.from) continue;
      file.stamp = stamp_of(*now);
      found.push_back(std::move(file));
    }
  }
  return found;
}

}  // namespace echofold
