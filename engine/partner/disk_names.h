// What stands in folders under which names, and which of them some file system takes for one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct DiskName {
  std::string name;
  bool is_folder = false, is_file = false;  ///< neither: a link or something else
};

/// Folders are read when they are first asked for, and once.
class DiskNames {
 public:
  /// All that is in the folder, in the order of bytes; empty where there is none that can be read.
  const std::vector<DiskName>& in(const std::string& folder);

  /// Those of them that are this name but for case and normal form, in the order of bytes.
  std::vector<DiskName> twins(const std::string& folder, std::string_view name);

 private:
  struct Listing {
    std::vector<DiskName> names;
    std::multimap<std::string, std::size_t> by_folded;
  };
  const Listing& listing(const std::string& folder);

  std::map<std::string, Listing> folders_;
};

}  // namespace echofold
