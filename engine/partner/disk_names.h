// Lists folders, and finds names that some file system treats as equal.
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

/// Reads each folder once, on first use.
class DiskNames {
 public:
  /// All entries of the folder in byte order; empty if there is no readable folder.
  const std::vector<DiskName>& in(const std::string& folder);

  /// The entries that equal `name` except for case and Unicode normal form, in byte order.
  std::vector<DiskName> equal_names(const std::string& folder, std::string_view name);

 private:
  struct Listing {
    std::vector<DiskName> names;
    std::multimap<std::string, std::size_t> by_folded;
  };
  const Listing& listing(const std::string& folder);

  std::map<std::string, Listing> folders_;
};

}  // namespace echofold
