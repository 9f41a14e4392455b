// Gives out names, and checks which are free.
#include "engine/order/claims.h"

#include <algorithm>
#include <charconv>

#include "engine/act/files/places.h"
#include "engine/partner/stem.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

std::string folded_stem(const std::string& path) { return folded(path_without_extension(path)); }

}  // namespace

void Claims::take_folder(const std::string& path) { given_.emplace(folded(path), std::string()); }

void Claims::take_stem(const std::string& music) { stems_.insert(folded_stem(music)); }

bool Claims::is_free(const std::string& folder, const std::string& name, const std::string& self) const {
  if (!stems_.empty()) {
    const std::string stem = folded_stem(join_path(folder, name));
    if (stems_.contains(stem) && stem != folded_stem(self)) return false;
  }
  const auto given = given_.find(folded(join_path(folder, name)));
  if (given != given_.end() && given->second != self) return false;
  const auto twins = disk_.equal_names(folder, name);
  return std::all_of(twins.begin(), twins.end(), [&](const DiskName& twin) {
    const std::string path = join_path(folder, twin.name);
    return path == self || leaving_.contains(path);
  });
}

std::string Claims::give(const std::string& folder, const std::string& name, const std::string& self) {
  std::string given = name;
  for (unsigned number = 2; !is_free(folder, given, self); ++number) given = numbered_name(name, number);
  std::string path = join_path(folder, given);
  given_.insert_or_assign(folded(path), self);
  return path;
}

std::string Claims::give_unused(const std::string& path) {
  const SplitPath split = split_path(path);
  for (unsigned number = 2;; ++number) {
    const std::string name = numbered_name(split.name, number);
    if (!disk_.equal_names(split.folder, name).empty() || !is_free(split.folder, name, "")) continue;
    return give(split.folder, name, path);
  }
}

unsigned number_in(const std::string& name, const std::string& wanted) {
  if (name == wanted) return 1;
  const auto open = name.rfind(" (");
  if (open == std::string::npos) return 0;
  unsigned number = 0;
  const auto [end, failure] = std::from_chars(name.data() + open + 2, name.data() + name.size(), number);
  const bool read = failure == std::errc() && end != name.data() + name.size() && *end == ')';
  return read && number >= 2 && numbered_name(wanted, number) == name ? number : 0;
}

}  // namespace echofold
