// Reads folders and compares the names of their entries.
#include "engine/act/files/names_on_disk.h"

#include <filesystem>

#include "index/base/text/folding.h"

namespace echofold {
namespace {

template <class Fits>
bool any_entry(const std::string& folder, Fits fits) {
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (fits(entry->path().filename().native())) return true;
  return static_cast<bool>(failure);  // if the folder can't be read, the name counts as taken
}

}  // namespace

bool is_listed(const std::string& folder, const std::string& name) {
  return any_entry(folder, [&](const std::string& there) { return there == name; });
}

bool has_equivalent_name(const std::string& folder, const std::string& name) {
  const std::string wanted = folded(name);
  return any_entry(folder, [&](const std::string& there) { return folded(there) == wanted; });
}

}  // namespace echofold
