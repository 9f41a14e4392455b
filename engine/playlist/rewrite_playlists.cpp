// Find, read, rewrite what names an old place.
#include "engine/playlist/rewrite_playlists.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "engine/act/copier.h"
#include "engine/act/folder.h"
#include "engine/library/walk.h"
#include "engine/playlist/playlist.h"
#include "index/error.h"

namespace echofold {
namespace {

constexpr std::uint64_t max_playlist_bytes = std::uint64_t{16} << 20;

std::string bytes_in(int fd) {
  std::string bytes;
  char block[1 << 16];
  for (;;) {
    const ssize_t n =
        uninterrupted([&] { return pread(fd, block, sizeof block, static_cast<off_t>(bytes.size())); });
    if (n < 0) throw system_error(errno, "can't read it");
    if (n == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(n));
    if (bytes.size() > max_playlist_bytes) throw Error(Fault::unsupported, "too long for a playlist");
  }
}

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

std::optional<NewPlaylist> new_bytes_of(const FoundFile& found, const NewPlaces& places) {
  const SplitPath split = split_path(found.path);
  const Folder folder = Folder::open(split.folder);
  const Fd file = open_to_read(folder, split.name);
  return playlist_now(bytes_in(file.get()), playlist_kind(found.path).value(), split.folder, places);
}

std::vector<FoundFile> playlists_under(const std::vector<std::string>& roots) {
  WalkSettings settings;
  settings.extensions = {"m3u", "m3u8", "pls", "xspf"};
  std::vector<FoundFile> found;
  for (FoundFile& file : walk(roots, settings).files)
    if (playlist_kind(file.path) && file.stamp.size_bytes <= max_playlist_bytes)
      found.push_back(std::move(file));
  return found;
}

}  // namespace

void rewrite_playlists(Rewriter& rewriter, const std::vector<std::string>& roots, const NewPlaces& places,
                       const std::function<void(const RewrittenPlaylist&)>& on_playlist) {
  for (const FoundFile& found : playlists_under(roots)) {
    RewrittenPlaylist row{found.path, 0, {}};
    std::optional<NewPlaylist> now;
    try {
      now = new_bytes_of(found, places);
    } catch (const Error& e) {
      row.skipped = naming(found.path, e.what());
      on_playlist(row);
      continue;
    }
    if (!now) continue;
    row.entries = now->entries;
    NewBytes bytes;
    bytes.change = [&](int copy) { write_over(copy, now->bytes); };
    bytes.verify = [&](int, int copy) -> std::optional<Tags> {
      if (bytes_in(copy) != now->bytes) throw Error(Fault::io, "read back, it is not what was written");
      return std::nullopt;
    };
    row.skipped = rewriter.rewrite({found.path, found.stamp, 0, "playlist", false}, bytes).skipped;
    on_playlist(row);
  }
}

}  // namespace echofold
