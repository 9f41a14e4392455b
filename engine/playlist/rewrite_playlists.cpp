// Rewrites the playlists that name an old place.
#include "engine/playlist/rewrite_playlists.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "engine/act/files/copier.h"
#include "engine/playlist/other_lists.h"
#include "engine/playlist/playlist_files.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

void write_over(int fd, const std::string& bytes) {
  if (ftruncate(fd, 0) != 0) throw system_error(errno, "can't write it");
  for (std::size_t written = 0; written < bytes.size();) {
    const ssize_t n = uninterrupted([&] {
      return pwrite(fd, bytes.data() + written, bytes.size() - written, static_cast<off_t>(written));
    });
    if (n <= 0) throw system_error(n == 0 ? ENOSPC : errno, "can't write it");
    written += static_cast<std::size_t>(n);
  }
}

class PlaylistRun {
 public:
  PlaylistRun(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places)
      : rewriter_(rewriter), moved_(places, roots) {
    for (const auto& [from, to] : places) old_places_.emplace(to, from);
  }

  /// The report on one playlist; usually there is nothing to report.
  std::optional<RewrittenPlaylist> update(const FoundFile& found) {
    const auto kind = playlist_kind(found.path);
    RewrittenPlaylist row;
    row.path = found.path;
    if (kind == PlaylistKind::cue) row.kind = RewriteKind::cue_sheet;
    try {
      const std::string bytes = bytes_of_list(found.path);
      if (!kind) return look_at_other(bytes, row);
      NewPlaylist updated = updated_playlist(bytes, *kind, folders_of(found.path), moved_);
      row.entries = updated.entries;
      row.lost = std::move(updated.lost);
      if (updated.entries > 0) row.failure = rewrite(found, updated.bytes, row.kind);
    } catch (const Error& e) {
      row.failure = naming(found.path, e);
    }
    const bool nothing = row.entries == 0 && !row.failure && row.lost.empty();
    return nothing ? std::nullopt : std::optional(std::move(row));
  }

 private:
  PlaylistFolders folders_of(const std::string& path) const {
    const std::string folder = split_path(path).folder;
    const auto old = old_places_.find(path);
    return {old == old_places_.end() ? folder : split_path(old->second).folder, folder};
  }

  std::optional<RewrittenPlaylist> look_at_other(const std::string& bytes, RewrittenPlaylist& row) const {
    const std::string kind(suffix_of(split_path(row.path).name));
    for (const auto* file : files_named_in(bytes, moved_))
      row.lost.push_back({file->first, "its file is now " + printable(file->second) +
                                           ", and playlists of the kind " + kind + " are not rewritten"});
    return row.lost.empty() ? std::nullopt : std::optional(std::move(row));
  }

  std::optional<Error> rewrite(const FoundFile& found, const std::string& new_bytes, RewriteKind kind) {
    NewBytes bytes;
    bytes.change = [&](int copy) { write_over(copy, new_bytes); };
    bytes.verify = [&](int, int copy) -> std::optional<Tags> {
      if (bytes_of_list(copy) != new_bytes) throw Error(Fault::io, "read back, it is not what was written");
      return std::nullopt;
    };
    return rewriter_.rewrite({found.path, found.stamp, 0, kind, false}, bytes).failure;
  }

  Rewriter& rewriter_;
  MovedFiles moved_;
  NewPlaces old_places_;  // new place -> old place
};

}  // namespace

void rewrite_playlists(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places,
                       const std::function<void(const RewrittenPlaylist&)>& on_playlist, bool playlists) {
  if (places.empty()) return;
  PlaylistRun run(rewriter, roots, places);
  for (const FoundFile& found : lists_under(roots, playlists))
    if (const auto row = run.update(found)) on_playlist(*row);
}

}  // namespace echofold
