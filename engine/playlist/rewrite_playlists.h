// The playlists and cue sheets of a library that name moved files lead to them again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/rewrite.h"
#include "engine/playlist/playlist.h"

namespace echofold {

struct RewrittenPlaylist {
  std::string path;
  RewriteKind kind = RewriteKind::playlist;  ///< or cue_sheet
  std::size_t entries = 0;                   ///< that lead elsewhere now
  std::string
      skipped;  ///< why it stayed as it was, with the path; empty when it was rewritten, or there was nothing to do
  std::vector<LostEntry> lost;  ///< that still lead to an old place, with the reason
};

/// Walks the roots once for playlists and cue sheets (none hidden, none in set-aside folders, none above 16 MiB) and
/// rewrites those that name an old place, each as a rewrite of the run: undone with it. One that has a new place itself
/// is read as it was meant at the old one. Told is each that was rewritten, each that could not be, and each that names
/// a moved file in a way that can't be followed, also in a playlist of a kind that is not rewritten.
/// @param roots  absolute
/// @param playlists  false: only cue sheets, which are part of the music that they belong to
/// @throws Error  as Rewriter::rewrite
void rewrite_playlists(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places,
                       const std::function<void(const RewrittenPlaylist&)>& on_playlist,
                       bool playlists = true);

}  // namespace echofold
