// The extension is what index/base/fs/path calls a suffix.
#include "engine/partner/stem.h"

#include <string_view>

#include "index/base/fs/path.h"

namespace echofold {

std::string stem_of(const std::string& name) { return name.substr(0, name.size() - suffix_of(name).size()); }

std::string path_without_extension(const std::string& path) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  return path.substr(0, path.size() - suffix_of(name).size());
}

}  // namespace echofold
