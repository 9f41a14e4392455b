// The playlists of a library that name moved files lead to them again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/act/rewrite.h"
#include "engine/playlist/entry_path.h"

namespace echofold {

struct RewrittenPlaylist {
  std::string path;
  std::size_t entries = 0;  ///< that lead elsewhere now
  std::string skipped;      ///< why it stayed as it was, with the path; empty when it was rewritten
};

/// Walks the roots once for m3u, m3u8, pls and xspf files (none hidden, none in set-aside folders, none above
/// 16 MiB) and rewrites those that name an old place, each as a rewrite of the run: undone with it. One that
/// can't be read or rewritten is told and stays as it was.
/// @param roots  absolute
/// @throws Error  as Rewriter::rewrite
void rewrite_playlists(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places,
                       const std::function<void(const RewrittenPlaylist&)>& on_playlist);

}  // namespace echofold
