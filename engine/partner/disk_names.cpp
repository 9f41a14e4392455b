// Lists folders.
#include "engine/partner/disk_names.h"

#include <algorithm>
#include <filesystem>

#include "index/base/text/folding.h"

namespace echofold {

const DiskNames::Listing& DiskNames::listing(const std::string& folder) {
  const auto [at, added] = folders_.try_emplace(folder);
  Listing& listing = at->second;
  if (!added) return listing;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code ignored;
    const auto kind = entry->symlink_status(ignored).type();
    listing.names.push_back({entry->path().filename().native(), kind == std::filesystem::file_type::directory,
                             kind == std::filesystem::file_type::regular});
  }
  std::sort(listing.names.begin(), listing.names.end(),
            [](const DiskName& a, const DiskName& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < listing.names.size(); ++i)
    listing.by_folded.emplace(folded(listing.names[i].name), i);
  return listing;
}

const std::vector<DiskName>& DiskNames::in(const std::string& folder) { return listing(folder).names; }

std::vector<DiskName> DiskNames::equal_names(const std::string& folder, std::string_view name) {
  const Listing& found = listing(folder);
  std::vector<DiskName> equal;
  const auto [first, last] = found.by_folded.equal_range(folded(name));
  for (auto at = first; at != last; ++at) equal.push_back(found.names[at->second]);
  return equal;
}

}  // namespace echofold
