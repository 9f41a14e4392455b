// Stores one small file for each rewrite.
#include "engine/act/journal/delta_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/act/journal/runs_dir.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/input_file.h"

namespace echofold {
namespace {

void sync_folder(const std::filesystem::path& folder) {
  Folder::open(std::filesystem::canonical(folder).native()).sync();
}

Fd open_in(const std::filesystem::path& journal_file, const std::string& name, int flags) {
  const std::filesystem::path file = undo_folder(journal_file) / name;
  Fd fd(uninterrupted([&] { return open(file.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, 0600); }));
  if (!fd.valid()) throw system_error(errno, file.string());
  return fd;
}

}  // namespace

Fd make_delta(const std::filesystem::path& journal_file, const std::string& name) {
  const std::filesystem::path folder = undo_folder(journal_file);
  if (mkdir(folder.c_str(), 0700) == 0)
    sync_folder(folder.parent_path());
  else if (errno != EEXIST)
    throw system_error(errno, folder.string());
  return open_in(journal_file, name, O_RDWR | O_CREAT | O_EXCL);
}

Fd open_delta(const std::filesystem::path& journal_file, const std::string& name) {
  return open_regular((undo_folder(journal_file) / name).string(), O_NOFOLLOW);
}

void sync_deltas(const std::filesystem::path& journal_file) { sync_folder(undo_folder(journal_file)); }

void drop_delta(const std::filesystem::path& journal_file, const std::string& name) noexcept {
  const std::filesystem::path folder = undo_folder(journal_file);
  std::error_code ignored;
  std::filesystem::remove(folder / name, ignored);
  rmdir(folder.c_str());
}

}  // namespace echofold
