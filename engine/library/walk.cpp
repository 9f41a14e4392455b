// Reads one folder at a time, with one stat per file, in an order that needs no sorting afterwards.
#include "engine/library/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "engine/library/media_names.h"
#include "engine/library/music_signature.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/fs/trash_folders.h"
#include "index/base/handle.h"

namespace echofold {
namespace {

using Listing = Handle<DIR, ::closedir>;

/// Leaves errno set for the caller on failure.
Listing open_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return {};
  Listing folder(::fdopendir(fd));
  if (!folder) {
    const int why = errno;
    ::close(fd);
    errno = why;
  }
  return folder;
}

/// Also false if a file can't be read.
bool have_equal_bytes(const std::string& a, const std::string& b) try {
  const Fd left = open_regular(a), right = open_regular(b);
  std::vector<char> of_left(1 << 18), of_right(1 << 18);
  const auto read_from = [](const Fd& file, std::vector<char>& to) {
    std::size_t got = 0;
    while (got < to.size()) {
      const ssize_t n = uninterrupted([&] { return ::read(file.get(), to.data() + got, to.size() - got); });
      if (n < 0) throw system_error(errno, "can't be read");
      if (n == 0) break;
      got += static_cast<std::size_t>(n);
    }
    return got;
  };
  for (;;) {
    const std::size_t got = read_from(left, of_left);
    if (read_from(right, of_right) != got ||
        !std::equal(of_left.begin(), of_left.begin() + static_cast<std::ptrdiff_t>(got), of_right.begin()))
      return false;
    if (got < of_left.size()) return true;
  }
} catch (const Error&) {
  return false;
}

/// Also false if the file can't be read.
bool begins_as_music(int folder, const char* name) {
  const int fd = ::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return false;
  std::array<char, music_signature_bytes> bytes{};
  const auto got = ::pread(fd, bytes.data(), bytes.size(), 0);
  ::close(fd);
  return got > 0 && has_music_signature({bytes.data(), static_cast<std::size_t>(got)});
}

/// Identifies the names of one file. Stamp::inode is 0 on file systems that invent inode numbers.
struct Inode {
  std::uint64_t number = 0, links = 1;
  std::int64_t changed_s = 0, changed_ns = 0;  ///< ctime
  auto operator<=>(const Inode&) const = default;
};

Inode inode_of(const struct stat& status) noexcept {
  return {status.st_ino, status.st_nlink, status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

/// A file, or an unread folder, whose `path` then ends with a slash: it sorts as the paths of everything inside it
/// do.
struct Entry {
  std::string path;
  Stamp stamp;
  Inode inode;
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
  void note_unlisted(int folder, const dirent& entry, const std::string& path);
  bool is_wanted(std::string_view name) const { return is_music_name(name, settings_); }
  bool is_excluded(const std::string& path) const;
  void fail(std::string path, Error error) {
    result_.failures.push_back({std::move(path), std::move(error)});
  }
  void fail(std::string path, int errno_value) {
    const Fault fault = system_error(errno_value, path).fault();
    fail(std::move(path),
         Error(fault, errno_value == ENOENT ? "no such file or folder" : std::strerror(errno_value)));
  }
  void check_stop() const {
    if (stop_.stop_requested()) throw Error(Fault::interrupted, "interrupted while looking for files");
  }
  void merge_links();
  void merge_names(std::span<const std::size_t> names, std::vector<std::vector<std::string>>& further);

  const WalkSettings& settings_;
  std::stop_token stop_;
  PathResolver resolver_;
  WalkResult result_;
  std::vector<Entry> found_;          ///< files
  std::vector<std::string> folders_;  ///< given ones, resolved
  Mounts mounts_;
  std::set<std::string> read_;  ///< locations of the folders that were read, within their file systems
};

void Walk::take(const std::string& given) {
  check_stop();
  struct stat status {};
  if (given.find('\0') != std::string::npos)
    return fail(given, Error(Fault::usage, "a path can't hold a NUL byte"));
  if (::stat(given.c_str(), &status) != 0) {
    const int why = errno;
    return fail(resolver_.absolute(given), why);
  }
  if (S_ISDIR(status.st_mode)) {
    folders_.push_back(resolver_.absolute(given));
  } else if (S_ISREG(status.st_mode)) {
    take_file(resolver_.absolute(given), status);
  } else {
    fail(resolver_.absolute(given), Error(Fault::unsupported, "neither a file nor a folder"));
  }
}

void Walk::take_file(const std::string& path, const struct stat& status) {
  struct stat itself {};
  std::string real = path;
  if (::lstat(path.c_str(), &itself) == 0 && S_ISLNK(itself.st_mode)) {
    // A given link stands for its target: that file is the one that would be set aside.
    std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), ::free);
    if (!resolved) return fail(path, errno);
    real = resolved.get();
  }
  if (!is_excluded(real)) found_.push_back({std::move(real), stamp_of(status), inode_of(status)});
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
  Entry next{std::string(prefix).append(name), {}, {}};
  const auto look = [&](struct stat& status) {
    if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
    if (errno != ENOENT) fail(next.path, errno);  // ENOENT: removed since it was listed
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
  if (!is_wanted(name)) return note_unlisted(folder, entry, next.path);
  if (is_excluded(next.path)) return;
  if (entry.d_type != DT_UNKNOWN && !look(status)) return;
  if (!S_ISREG(status.st_mode)) return;
  next.stamp = stamp_of(status);
  next.inode = inode_of(status);
  found.push_back(std::move(next));
}

/// Ignores an empty trash folder, such as the one at the root of every ext4.
void Walk::note_trash(int folder, const dirent& entry, std::string path) {
  const std::string_view name(entry.d_name);
  if (!is_trash_folder(file_name_of(folder_of(path)), name) || is_excluded(path)) return;
  const int fd = ::openat(folder, entry.d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return;
  const Listing inside(::fdopendir(fd));
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

/// Ignores links to other files or to nothing.
void Walk::note_link(int folder, const dirent& entry, std::string path) {
  struct stat target {};
  if (::fstatat(folder, entry.d_name, &target, 0) != 0 || is_excluded(path)) return;
  if (S_ISDIR(target.st_mode) || (S_ISREG(target.st_mode) && is_wanted(entry.d_name)))
    result_.links.push_back(std::move(path));
}

void Walk::note_unlisted(int folder, const dirent& entry, const std::string& path) {
  const bool is_media = is_media_name(entry.d_name);
  if (!is_media && !(has_no_ending(entry.d_name) && begins_as_music(folder, entry.d_name))) return;
  if (!is_excluded(path)) ++result_.unlisted[is_media ? extension_of(path) : std::string()];
}

/// Replaces the folder on top of the stack by its entries, last name first.
void Walk::read_folder(std::vector<Entry>& stack) {
  check_stop();
  std::string prefix = std::move(stack.back().path);
  stack.pop_back();
  const std::string path = prefix.size() > 1 ? prefix.substr(0, prefix.size() - 1) : prefix;
  const Listing folder = open_folder(path);
  if (!folder) return fail(path, errno);
  // Reads each folder once, even if it is mounted twice or given together with its parent. An inode number would not
  // identify it.
  if (!read_.insert(mounts_.place_of(::dirfd(folder.get()), path).value_or(path)).second) return;

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
  std::vector<Entry> stack;  // an explicit stack: folders may be nested to any depth
  stack.push_back({root == "/" ? root : root + '/', {}, {}});
  while (!stack.empty()) {
    if (stack.back().is_folder()) {
      read_folder(stack);
      continue;
    }
    found_.push_back(std::move(stack.back()));
    stack.pop_back();
  }
}

/// Lists each file once, under its first path. Names belong to one file if they have one inode, more than one link,
/// and equal size and times; if inode numbers are invented, also equal bytes.
void Walk::merge_links() {
  std::vector<std::size_t> names;  // those that have more names somewhere
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (found_[i].inode.links > 1) names.push_back(i);
  const auto identity = [&](std::size_t i) {
    const Entry& file = found_[i];
    return std::tuple(file.stamp.device, file.inode, file.stamp.size_bytes, file.stamp.mtime_ns);
  };
  std::sort(names.begin(), names.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(identity(a), a) < std::tuple(identity(b), b);
  });
  std::vector<std::vector<std::string>> further(found_.size());
  for (std::size_t from = 0, to = 0; from < names.size(); from = to) {
    while (to < names.size() && identity(names[to]) == identity(names[from])) ++to;
    merge_names(std::span(names).subspan(from, to - from), further);
  }
  result_.files.reserve(found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i)
    if (!found_[i].path.empty())
      result_.files.push_back({std::move(found_[i].path), found_[i].stamp, std::move(further[i])});
}

/// Handles names that the system reports as one file. A further name of another file gets an empty path.
void Walk::merge_names(std::span<const std::size_t> names, std::vector<std::vector<std::string>>& further) {
  for (auto first = names.begin(); first != names.end(); ++first) {
    const Entry& file = found_[*first];
    if (file.path.empty()) continue;
    for (auto next = std::next(first); next != names.end(); ++next) {
      std::string& other = found_[*next].path;
      check_stop();
      if (other.empty() || (file.stamp.inode == 0 && !have_equal_bytes(file.path, other))) continue;
      further[*first].push_back(std::move(other));
      other.clear();
    }
  }
}

WalkResult Walk::finish() {
  result_.roots = outermost(folders_);
  for (const std::string& root : result_.roots) walk_folder(root);
  // Those inside another root: already read, unless they are hidden there.
  std::sort(folders_.begin(), folders_.end());
  for (const std::string& folder : folders_)
    if (!std::binary_search(result_.roots.begin(), result_.roots.end(), folder)) walk_folder(folder);

  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  auto& files = found_;
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
  forget_mounts();
  Walk walk(settings, stop);
  for (const std::string& path : paths) walk.take(path);
  return walk.finish();
}

}  // namespace echofold
