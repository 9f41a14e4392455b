// The walk: one folder read at a time, one stat a file, in an order that needs no sorting afterwards.
#include "engine/library/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <utility>

#include "engine/library/absolute_path.h"
#include "engine/library/file_stamp.h"
#include "engine/library/media_names.h"
#include "index/error.h"
#include "index/trash_folders.h"

namespace echofold {
namespace {

struct ClosesFolder {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, ClosesFolder>;

/// The errno of a failure is kept for the caller.
Folder open_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return {};
  Folder folder(::fdopendir(fd));
  if (!folder) {
    const int why = errno;
    ::close(fd);
    errno = why;
  }
  return folder;
}

/// A file, or a folder still to be read: then `path` ends with a slash, which makes the bytes sort as the
/// paths of all that lies in it do.
struct Entry {
  std::string path;
  Stamp stamp;
  bool is_folder() const noexcept { return path.back() == '/'; }
};

class Walk {
 public:
  Walk(const WalkSettings& settings, const std::stop_token& stop) : settings_(settings), stop_(stop) {}

  void take(const std::string& given);
  WalkResult finish();

 private:
  void take_file(const std::string& path, const struct stat& status);
  void walk_folder(const std::string& root);
  void read_folder(std::vector<Entry>& stack);
  void read_entry(int folder, const dirent& entry, std::string_view prefix, std::vector<Entry>& found);
  void note_trash(int folder, const dirent& entry, std::string path);
  void note_link(int folder, const dirent& entry, std::string path);
  void note_unlisted(const std::string& path);
  bool is_wanted(std::string_view name) const { return is_music_name(name, settings_); }
  bool is_excluded(const std::string& path) const;
  void fail(std::string path, std::string message) {
    result_.failures.push_back({std::move(path), std::move(message)});
  }
  void fail(std::string path, int errno_value) {
    fail(std::move(path), errno_value == ENOENT ? "no such file or folder" : std::strerror(errno_value));
  }
  void check_stop() const {
    if (stop_.stop_requested()) throw Error(Fault::interrupted, "interrupted while looking for files");
  }
  void merge_links();

  const WalkSettings& settings_;
  std::stop_token stop_;
  PathResolver resolver_;
  WalkResult result_;
  std::vector<std::string> folders_;                        ///< given, resolved
  std::set<std::pair<std::uint64_t, std::uint64_t>> read_;  ///< (device, inode) of the folders that were read
};

void Walk::take(const std::string& given) {
  check_stop();
  struct stat status {};
  if (given.find('\0') != std::string::npos) return fail(given, "a path can't hold a NUL byte");
  if (::stat(given.c_str(), &status) != 0) {
    const int why = errno;
    return fail(resolver_.absolute(given), why);
  }
  if (S_ISDIR(status.st_mode)) {
    folders_.push_back(resolver_.absolute(given));
  } else if (S_ISREG(status.st_mode)) {
    take_file(resolver_.absolute(given), status);
  } else {
    fail(resolver_.absolute(given), "neither a file nor a folder");
  }
}

void Walk::take_file(const std::string& path, const struct stat& status) {
  struct stat itself {};
  std::string real = path;
  if (::lstat(path.c_str(), &itself) == 0 && S_ISLNK(itself.st_mode)) {
    // A given link stands for its file: the file is what would be set aside.
    std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), ::free);
    if (!resolved) return fail(path, errno);
    real = resolved.get();
  }
  if (!is_excluded(real)) result_.files.push_back({std::move(real), stamp_of(status), {}});
}

bool Walk::is_excluded(const std::string& path) const {
  if (settings_.exclude_globs.empty()) return false;
  const std::string name(file_name_of(path));
  return std::any_of(
      settings_.exclude_globs.begin(), settings_.exclude_globs.end(), [&](const std::string& glob) {
        return ::fnmatch(glob.c_str(), path.c_str(), 0) == 0 || ::fnmatch(glob.c_str(), name.c_str(), 0) == 0;
      });
}

void Walk::read_entry(int folder, const dirent& entry, std::string_view prefix, std::vector<Entry>& found) {
  const std::string_view name(entry.d_name);
  if (name == "." || name == "..") return;
  Entry next{std::string(prefix).append(name), {}};
  const auto look = [&](struct stat& status) {
    if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
    if (errno != ENOENT) fail(next.path, errno);  // ENOENT: gone since it was listed
    return false;
  };
  struct stat status {};
  unsigned char type = entry.d_type;
  if (type == DT_UNKNOWN) {
    if (!look(status)) return;
    type = S_ISDIR(status.st_mode)   ? DT_DIR
           : S_ISLNK(status.st_mode) ? DT_LNK
           : S_ISREG(status.st_mode) ? DT_REG
                                     : DT_FIFO;
  }
  if (type == DT_DIR) {
    if (is_left_out(prefix.substr(0, prefix.size() - 1), name, settings_))
      return note_trash(folder, entry, std::move(next.path));
    if (is_excluded(next.path)) return;
    next.path += '/';
    return found.push_back(std::move(next));
  }
  if (name.starts_with('.')) return;
  if (type == DT_LNK) return note_link(folder, entry, std::move(next.path));
  if (type != DT_REG) return;
  if (!is_wanted(name)) return note_unlisted(next.path);
  if (is_excluded(next.path)) return;
  if (entry.d_type != DT_UNKNOWN && !look(status)) return;
  if (!S_ISREG(status.st_mode)) return;
  next.stamp = stamp_of(status);
  found.push_back(std::move(next));
}

/// A trash folder with nothing in it, as every ext4 has one at its root, is not worth a word.
void Walk::note_trash(int folder, const dirent& entry, std::string path) {
  const std::string_view name(entry.d_name);
  if (!is_trash_folder(file_name_of(folder_of(path)), name) || is_excluded(path)) return;
  const int fd = ::openat(folder, entry.d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return;
  const Folder inside(::fdopendir(fd));
  if (!inside) {
    ::close(fd);
    return;
  }
  while (const dirent* held = ::readdir(inside.get())) {
    const std::string_view held_name(held->d_name);
    if (held_name == "." || held_name == ".." || held_name == "desktop.ini" || held_name == ".DS_Store")
      continue;
    result_.trash_folders.push_back(std::move(path));
    return;
  }
}

/// A link to a text or to nothing is nobody's concern.
void Walk::note_link(int folder, const dirent& entry, std::string path) {
  struct stat target {};
  if (::fstatat(folder, entry.d_name, &target, 0) != 0 || is_excluded(path)) return;
  if (S_ISDIR(target.st_mode) || (S_ISREG(target.st_mode) && is_wanted(entry.d_name)))
    result_.links.push_back(std::move(path));
}

void Walk::note_unlisted(const std::string& path) {
  if (is_media_name(file_name_of(path)) && !is_excluded(path)) ++result_.unlisted[extension_of(path)];
}

/// Replaces the folder on top of the stack by what it holds, last name first.
void Walk::read_folder(std::vector<Entry>& stack) {
  check_stop();
  std::string prefix = std::move(stack.back().path);
  stack.pop_back();
  const std::string path = prefix.size() > 1 ? prefix.substr(0, prefix.size() - 1) : prefix;
  const Folder folder = open_folder(path);
  struct stat status {};
  if (!folder || ::fstat(::dirfd(folder.get()), &status) != 0) return fail(path, errno);
  // Each folder once, even if mounted twice or given along with the one around it.
  if (!read_.emplace(status.st_dev, status.st_ino).second) return;

  std::vector<Entry> found;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    read_entry(::dirfd(folder.get()), *entry, prefix, found);
    errno = 0;
  }
  if (errno != 0) fail(path, errno);
  std::sort(found.begin(), found.end(), [&](const Entry& a, const Entry& b) {
    return a.path.compare(prefix.size(), std::string::npos, b.path, prefix.size(), std::string::npos) > 0;
  });
  std::move(found.begin(), found.end(), std::back_inserter(stack));
}

void Walk::walk_folder(const std::string& root) {
  std::vector<Entry> stack;  // not the call stack: folders may be nested as deep as they like
  stack.push_back({root == "/" ? root : root + '/', {}});
  while (!stack.empty()) {
    if (stack.back().is_folder()) {
      read_folder(stack);
      continue;
    }
    result_.files.push_back({std::move(stack.back().path), stack.back().stamp, {}});
    stack.pop_back();
  }
}

/// Each inode once, under its first path.
void Walk::merge_links() {
  struct Name {
    std::uint64_t inode, device;
    std::size_t file;
    auto operator<=>(const Name&) const = default;
    bool same_file(const Name& other) const { return inode == other.inode && device == other.device; }
  };
  auto& files = result_.files;
  std::vector<Name> names(files.size());
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {files[i].stamp.inode, files[i].stamp.device, i};
  std::sort(names.begin(), names.end());
  bool any = false;
  for (std::size_t i = 0, first = 0; i < names.size(); ++i) {
    if (!names[i].same_file(names[first])) first = i;
    if (i == first) continue;
    files[names[first].file].link_paths.push_back(std::move(files[names[i].file].path));
    files[names[i].file].path.clear();
    any = true;
  }
  if (any) std::erase_if(files, [](const FoundFile& file) { return file.path.empty(); });
}

WalkResult Walk::finish() {
  result_.roots = outermost(folders_);
  for (const std::string& root : result_.roots) walk_folder(root);
  // Those inside another root: read by now, unless they are hidden there.
  std::sort(folders_.begin(), folders_.end());
  for (const std::string& folder : folders_)
    if (!std::binary_search(result_.roots.begin(), result_.roots.end(), folder)) walk_folder(folder);

  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  auto& files = result_.files;
  if (!std::is_sorted(files.begin(), files.end(), by_path)) std::sort(files.begin(), files.end(), by_path);
  files.erase(
      std::unique(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path == b.path; }),
      files.end());
  merge_links();
  for (auto* paths : {&result_.trash_folders, &result_.links}) {
    std::sort(paths->begin(), paths->end());
    paths->erase(std::unique(paths->begin(), paths->end()), paths->end());
  }
  auto& failures = result_.failures;
  std::sort(failures.begin(), failures.end(), by_path);
  failures.erase(std::unique(failures.begin(), failures.end(),
                             [](const auto& a, const auto& b) { return a.path == b.path; }),
                 failures.end());
  return std::move(result_);
}

}  // namespace

bool is_left_out(std::string_view parent, std::string_view name, const WalkSettings& settings) noexcept {
  if (is_trash_folder(file_name_of(parent), name)) return !settings.include_trash;
  return name.starts_with('.');
}

bool is_music_name(std::string_view name, const WalkSettings& settings) noexcept {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view extension = name.substr(dot + 1);
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return std::any_of(settings.extensions.begin(), settings.extensions.end(), [&](const std::string& wanted) {
    return std::equal(extension.begin(), extension.end(), wanted.begin(), wanted.end(), same);
  });
}

WalkResult walk(const std::vector<std::string>& paths, const WalkSettings& settings,
                const std::stop_token& stop) {
  Walk walk(settings, stop);
  for (const std::string& path : paths) walk.take(path);
  return walk.finish();
}

}  // namespace echofold
