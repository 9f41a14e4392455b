// All guard files hold one pattern, which all programs read in the same way.
#include "engine/act/files/guard_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "engine/act/files/copier.h"
#include "index/base/error.h"
#include "index/base/fs/own_names.h"

namespace echofold {
namespace {

// Navidrome takes an empty .ndignore for "all", and this pattern, too. Plex and .ignore know only patterns.
constexpr std::string_view pattern = "*\n";
constexpr std::array<const char*, 3> guard_names = {".ndignore", ".plexignore", ".ignore"};

void put_one(const Folder& folder, const char* name) {
  const Fd file(openat(folder.fd(), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file.valid()) return;
  if (write(file.get(), pattern.data(), pattern.size()) != static_cast<ssize_t>(pattern.size()))
    unlinkat(folder.fd(), name, 0);
}

bool is_ours(const Folder& folder, const std::string& name) {
  const auto status = folder.look(name);
  if (!status || !S_ISREG(status->st_mode) || static_cast<std::size_t>(status->st_size) > pattern.size())
    return false;
  const Fd file = open_to_read(folder, name);
  std::array<char, pattern.size()> bytes{};
  const ssize_t n = read(file.get(), bytes.data(), bytes.size());
  return n >= 0 && pattern.starts_with(std::string_view(bytes.data(), static_cast<std::size_t>(n)));
}

}  // namespace

bool is_guard_name(const std::string& name) {
  return std::find(guard_names.begin(), guard_names.end(), name) != guard_names.end();
}

std::optional<std::string> guarded_folder(const std::string& to, const std::string& run) {
  const auto of_run = to.find("/" + run + "/");
  if (of_run == std::string::npos) return std::nullopt;
  const std::string base = to.substr(0, of_run);
  return base.ends_with(std::string("/") + set_aside_folder_name) ? base : base + "/" + run;
}

void put_guards(const std::string& folder) {
  try {
    const Folder opened = Folder::open(folder);
    for (const char* name : guard_names) put_one(opened, name);
  } catch (const Error&) {
    return;  // the moves themselves report what is wrong with the folder
  }
}

void remove_guards_if_alone(const std::string& folder) {
  try {
    const Folder opened = Folder::open(folder);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      names.push_back(entry.path().filename().native());
      if (!is_guard_name(names.back()) || !is_ours(opened, names.back())) return;
    }
    for (const std::string& name : names) unlinkat(opened.fd(), name.c_str(), 0);
  } catch (const Error&) {
    return;
  } catch (const std::filesystem::filesystem_error&) {
    return;
  }
}

}  // namespace echofold
