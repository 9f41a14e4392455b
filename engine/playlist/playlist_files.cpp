// See playlist_files.h.
#include "engine/playlist/playlist_files.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/act/files/copier.h"
#include "engine/playlist/other_lists.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"

namespace echofold {

std::string bytes_of_list(int fd) {
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

std::string bytes_of_list(const std::string& path) {
  const SplitPath split = split_path(path);
  const Folder folder = Folder::open(split.folder);
  const Fd file = open_to_read(folder, split.name);
  return bytes_of_list(file.get());
}

std::vector<FoundFile> lists_under(const std::vector<std::string>& roots, bool playlists) {
  WalkSettings settings;
  settings.extensions = {"m3u", "m3u8", "pls", "xspf", "wpl", "zpl", "asx", "wax", "wvx", "cue"};
  const auto& others = other_list_extensions();
  settings.extensions.insert(settings.extensions.end(), others.begin(), others.end());
  if (!playlists) settings.extensions = {"cue"};
  std::vector<FoundFile> found;
  for (FoundFile& file : walk(roots, settings).files)
    if (file.stamp.size_bytes <= max_playlist_bytes) found.push_back(std::move(file));
  return found;
}

}  // namespace echofold
