// Updates the playlists and cue sheets of a library that name moved files.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/act/rewrite.h"
#include "engine/playlist/playlist.h"
#include "index/base/error.h"

namespace echofold {

struct RewrittenPlaylist {
  std::string path;
  RewriteKind kind = RewriteKind::playlist;  ///< or cue_sheet
  std::size_t entries = 0;                   ///< that were changed
  /// Why it was not rewritten, with the path; nothing if it was, or if there was nothing to do.
  std::optional<Error> failure;
  std::vector<LostEntry> lost;  ///< entries that still lead to an old place, with the reason
};

/// Walks the roots once for playlists and cue sheets (no hidden ones, none in set-aside folders, none above 16 MiB)
/// and rewrites those that name an old place. Each is a rewrite of the run and is undone with it. The relative
/// entries of a playlist that was itself moved refer to its old folder. Reports each playlist that was rewritten or
/// could not be, and each that names a moved file in a way that can't be updated, including playlists of kinds that
/// are not rewritten.
/// @param roots  absolute
/// @param playlists  false: only cue sheets, which belong to their music
/// @throws Error  as Rewriter::rewrite
void rewrite_playlists(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places,
                       const std::function<void(const RewrittenPlaylist&)>& on_playlist,
                       bool playlists = true);

}  // namespace echofold
