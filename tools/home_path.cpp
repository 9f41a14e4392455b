// See home_path.h.
#include "tools/home_path.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace echofold {
namespace {

std::string home_of(const std::string& user) {
  if (user.empty())
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') return home;
  std::vector<char> buffer(1 << 14);
  passwd entry{};
  passwd* found = nullptr;
  const int failure = user.empty() ? ::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found)
                                   : ::getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found);
  return failure == 0 && found != nullptr && found->pw_dir != nullptr && found->pw_dir[0] == '/'
             ? found->pw_dir
             : "";
}

}  // namespace

std::string with_home(const std::string& path) {
  if (!path.starts_with('~')) return path;
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string home = home_of(path.substr(1, slash - 1));
  if (home.empty()) return path;
  const std::string rest = path.substr(slash);
  return home == "/" && !rest.empty() ? rest : home + rest;
}

void expand_home(std::string& path, TypedPaths& typed) {
  std::string expanded = with_home(path);
  if (expanded == path) return;
  typed.emplace_back(expanded, path);
  path = std::move(expanded);
}

}  // namespace echofold
