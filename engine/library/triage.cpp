// Same path and stamp: unchanged, unless its track is outdated. Same stamp under a new path: moved. Everything else
// must be read.
#include "engine/library/triage.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>

#include "index/base/fs/stamp.h"

namespace echofold {
namespace {

using Number = KnownTracks::Number;

bool is_same_file(const KnownTrack& known, const Stamp& found) noexcept {
  return is_unchanged(known.stamp, found) && known.place != TrackPlace::imported;
}

class Sorter {
 public:
  Sorter(std::vector<FoundFile>& files, KnownTracks& known) : files_(files), known_(known) {}

  Triage sort() {
    prefer_known_names();
    std::vector<std::uint32_t> unmatched;
    for (std::uint32_t i = 0; i < files_.size(); ++i)
      if (!match_by_name(i)) unmatched.push_back(i);
    // Only now is it known which paths of the library are still in use.
    for (const std::uint32_t i : unmatched)
      if (!match_by_stamp(i)) result_.unread.push_back(i);
    const auto by_file = [](const KnownFile& a, const KnownFile& b) { return a.file < b.file; };
    std::sort(result_.known.begin(), result_.known.end(), by_file);
    return std::move(result_);
  }

 private:
  /// Of several names of one file, puts the one that the library knows first.
  void prefer_known_names() {
    bool any = false;
    for (FoundFile& file : files_) {
      if (file.link_paths.empty() || is_known_as(file.path, file.stamp)) continue;
      const auto name = std::find_if(file.link_paths.begin(), file.link_paths.end(),
                                     [&](const std::string& link) { return is_known_as(link, file.stamp); });
      if (name == file.link_paths.end()) continue;
      std::swap(file.path, *name);
      std::sort(file.link_paths.begin(), file.link_paths.end());
      any = true;
    }
    const auto by_path = [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; };
    if (any) std::sort(files_.begin(), files_.end(), by_path);
  }

  bool is_known_as(const std::string& path, const Stamp& stamp) const {
    const auto number = known_.find_path(path);
    return number && is_same_file(known_[*number], stamp);
  }

  bool match_by_name(std::uint32_t i) {
    const FoundFile& file = files_[i];
    replace_owners_of_links(file);
    const auto number = known_.find_path(file.path);
    if (!number) return false;
    KnownTrack& track = known_[*number];
    track.seen = true;
    if (track.outdated || !is_same_file(track, file.stamp)) return false;
    const bool as_stored = track.place == TrackPlace::present && track.stamp == file.stamp &&
                           !track.has_links && file.link_paths.empty();
    result_.known.push_back({i, *number, as_stored ? KnownFile::How::unchanged : KnownFile::How::returned});
    return true;
  }

  /// Marks other tracks whose path has become another name of this file.
  void replace_owners_of_links(const FoundFile& file) {
    for (const std::string& link : file.link_paths)
      if (const auto owner = known_.find_path(link); owner && known_[*owner].place == TrackPlace::present) {
        known_[*owner].seen = true;
        result_.replaced.push_back(*owner);
      }
  }

  bool match_by_stamp(std::uint32_t i) {
    const FoundFile& file = files_[i];
    if (known_.find_path(file.path)) return false;  // changed in place: its record is replaced
    const auto is_free = [](const KnownTrack& track) { return !track.seen; };
    if (file.stamp.inode == 0) return false;  // size and time alone are not sufficient
    const auto number = known_.find_stamp(file.stamp, is_free);
    if (!number) return false;
    known_[*number].seen = true;
    const bool is_still_there = names_same_file(std::string(known_.path(known_[*number])), file.stamp);
    result_.known.push_back({i, *number, is_still_there ? KnownFile::How::linked : KnownFile::How::moved});
    return true;
  }

  static bool names_same_file(const std::string& path, const Stamp& stamp) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && stamp_of(status) == stamp;
  }

  std::vector<FoundFile>& files_;
  KnownTracks& known_;
  Triage result_;
};

}  // namespace

Triage triage(std::vector<FoundFile>& files, KnownTracks& known) { return Sorter(files, known).sort(); }

}  // namespace echofold
