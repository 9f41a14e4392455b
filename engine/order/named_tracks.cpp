// Tags -> the folder and the name that a track should get.
#include "engine/order/named_tracks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/folding.h"
#include "index/base/text/legal_name.h"
#include "index/base/text/printable.h"
#include "index/model/album.h"

namespace echofold {
namespace {

constexpr std::size_t longest_path_bytes = 4095;
constexpr std::size_t number_bytes = 16;  // reserved for " (2)" and the like

/// How many discs each album has, as far as its tracks show.
class DiscCounts {
 public:
  void add(const Tags& tags) {
    const auto disc = number_of(tags.disc);
    const AlbumKey album = album_by_artist(tags);
    if (!disc || !album) return;
    std::uint32_t& discs = discs_[*album];
    discs = std::max({discs, *disc, total_of(tags.disc).value_or(0)});
  }

  /// @return 0: unknown
  std::uint32_t of(const Tags& tags) const {
    const AlbumKey album = album_by_artist(tags);
    const auto found = album ? discs_.find(*album) : discs_.end();
    return found == discs_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> discs_;
};

/// The spelling of folders: an existing folder keeps its own, else the first request decides for all.
class FolderSpelling {
 public:
  explicit FolderSpelling(DiskNames& disk) : disk_(disk) {}

  /// @throws Error Fault::usage if something that is not a folder has the name
  std::string path(const std::string& root, const std::vector<std::string>& folders) {
    std::string path = root;
    for (const std::string& name : folders) {
      const auto [known, added] = known_.try_emplace({path, folded(name)});
      if (added) known->second = join_path(path, spelling(path, name));
      path = known->second;
    }
    return path;
  }

 private:
  std::string spelling(const std::string& parent, const std::string& name) {
    const auto twins = disk_.equal_names(parent, name);
    // Of several the first by bytes, so that the next run takes the same one.
    for (const DiskName& twin : twins)
      if (twin.is_folder) return twin.name;
    if (twins.empty()) return name;
    known_.erase({parent, folded(name)});
    throw Error(Fault::usage, printable(join_path(parent, twins.front().name)) +
                                  " is a file, and its new folder would have that name");
  }

  DiskNames& disk_;
  std::map<std::pair<std::string, std::string>, std::string> known_;
};

/// The part of a record that names need. It is small because a library has many tracks.
struct TrackToName {
  TrackId id = 0;
  std::string path;
  Stamp stamp;
  Tags tags;
  bool has_links = false;
  bool is_unreadable = false;
};

/// "artist" for "albumartist|artist", "album artist or title" for "albumartist|title".
std::string in_words(const std::string& fields) {
  const std::string_view last = std::string_view(fields).substr(fields.rfind('|') + 1);
  std::string text;
  for (std::size_t at = 0, end = 0; at <= fields.size(); at = end + 1) {
    end = std::min(fields.find('|', at), fields.size());
    std::string field = fields.substr(at, end - at);
    if (field != last && field.ends_with(last)) continue;  // any kind of artist would do
    for (const std::string_view kind : {"album", "track"})
      if (field == std::string(kind) + "artist") field.insert(kind.size(), 1, ' ');
    text.append(text.empty() ? "" : " or ").append(field);
  }
  return text;
}

class Namer {
 public:
  Namer(const Snapshot& snapshot, const NameTemplate& name_template, const OrganizeSettings& settings,
        DiskNames& disk)
      : template_(name_template), settings_(settings), spelling_(disk) {
    for (const Root& root : snapshot.roots())
      if (root.scanned_at_s != 0) roots_.push_back(root.path);
    std::sort(roots_.begin(), roots_.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  }

  void note_album(const Tags& tags) { discs_.add(tags); }

  /// @throws Error with the reason why the track is left alone
  NamedFile named(const TrackToName& track) {
    for (const std::string& folder : settings_.protected_folders)
      if (is_same_or_inside(track.path, folder)) refuse("it is in the protected folder " + printable(folder));
    const std::string root = root_of(track.path);
    const ExpandedName name = template_.expand({track.tags, discs_.of(track.tags)});
    if (name.missing && track.is_unreadable) refuse("it can't be read: `stats` says why");
    if (name.missing) refuse(std::string("its tags have no ").append(in_words(*name.missing)));
    if (track.has_links) refuse("the file has several names in the library");
    require_as_scanned(track);
    const std::string extension(suffix_of(split_path(track.path).name));
    // The next run would take what follows a dot in its new name for the extension.
    if (extension.empty()) refuse("its name has no extension");
    NamedFile file{track.id, track.path, root, track.stamp, {}, legal_file_name(name.stem, extension), {}};
    file.folder = spelling_.path(settings_.into.empty() ? root : settings_.into, name.folders);
    if (file.folder.size() + file.name.size() + number_bytes > longest_path_bytes)
      refuse("its new path would be longer than " + std::to_string(longest_path_bytes) + " bytes");
    return file;
  }

 private:
  [[noreturn]] static void refuse(const std::string& why) { throw Error(Fault::usage, why); }

  std::string root_of(const std::string& path) const {
    for (const std::string& root : roots_)
      if (path != root && is_same_or_inside(path, root)) return root;
    if (settings_.into.empty())
      refuse("no folder around it was scanned as a whole: scan one, or name a folder with --into");
    return split_path(path).folder;
  }

  static void require_as_scanned(const TrackToName& track) {
    const auto now = look_at(track.path);
    if (!now) refuse("it is not there any more: scan the library again");
    if (const auto change = difference(track.stamp, *now))
      refuse("it changed since it was scanned (" + *change + "): scan the library again");
  }

  const NameTemplate& template_;
  const OrganizeSettings& settings_;
  FolderSpelling spelling_;
  DiscCounts discs_;
  std::vector<std::string> roots_;  // longest first
};

bool takes_part(const std::string& path, const std::vector<std::string>& under) {
  return under.empty() || std::any_of(under.begin(), under.end(), [&](const std::string& folder) {
           return is_same_or_inside(path, folder);
         });
}

}  // namespace

std::vector<NamedFile> named_tracks(const Snapshot& snapshot, const NameTemplate& name_template,
                                    const OrganizeSettings& settings, DiskNames& disk, Claims& claims,
                                    const std::map<std::string, std::string>& stay, OrganizePlan& plan) {
  Namer namer(snapshot, name_template, settings, disk);
  std::vector<TrackToName> candidates;
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present) return;
    namer.note_album(track.tags);
    if (takes_part(track.path, settings.under))
      candidates.push_back({track.id, track.path, track.stamp, track.tags, !track.link_paths.empty(),
                            track.status == TrackStatus::failed});
  });
  std::sort(candidates.begin(), candidates.end(),
            [](const TrackToName& a, const TrackToName& b) { return a.path < b.path; });
  std::vector<NamedFile> files;
  for (const TrackToName& candidate : candidates) try {
      if (const auto why = stay.find(candidate.path); why != stay.end())
        throw Error(Fault::usage, why->second);
      files.push_back(namer.named(candidate));
    } catch (const Error& e) {
      plan.left.push_back({candidate.path, e.what()});
    }
  for (const NamedFile& file : files)
    for (std::string folder = file.folder; folder != "/"; folder = split_path(folder).folder)
      claims.take_folder(folder);
  return files;
}

}  // namespace echofold
