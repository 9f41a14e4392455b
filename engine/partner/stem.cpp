// The extension is what index/base/fs/path calls a suffix.
#include "engine/partner/stem.h"

#include "index/base/fs/path.h"

namespace echofold {

std::string stem_of(const std::string& name) { return name.substr(0, name.size() - suffix_of(name).size()); }

std::string path_without_extension(const std::string& path) {
  const SplitPath split = split_path(path);
  return join_path(split.folder, stem_of(split.name));
}

}  // namespace echofold
