// Chooses where a file is set aside: below its root or the user's folder, and never under a name that is taken.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// A folder to be made, and the folder whose permissions it gets.
struct FolderToMake {
  std::string path, like;
};

struct SetAsidePlace {
  std::string root;  ///< the library folder of the file
  std::string base;  ///< `<root>/.echofold-duplicates/<run>`, or the same under the user's folder
  std::string to;
};

class SetAsidePlaces {
 public:
  /// @param set_aside_dir  absolute, or empty for each file's own root
  /// @throws Error  Fault::usage if the folder is relative, or lies in a root where a scan would find the files again
  ///                (no part of it below the root is hidden)
  SetAsidePlaces(const std::vector<Root>& roots, const std::string& set_aside_dir);

  /// A free place, reserved for this file. The second file of a name gets " (2)", and so on.
  SetAsidePlace place_for(const std::string& from, const std::string& run);

  /// The missing folders above `place.to`, outermost first, without those in `made`.
  std::vector<FolderToMake> missing_folders(const SetAsidePlace& place,
                                            const std::set<std::string>& made) const;

  /// The library folder of the file: the outermost one that was scanned completely, else the outermost one, else the
  /// file's own folder.
  std::string root_of(const std::string& path) const;

 private:
  std::vector<std::string> roots_;  // those scanned as a whole first, then by length
  std::string dir_;
  std::set<std::string> claimed_;
};

/// `name` with " (number)" before its extension, cut to 255 bytes between characters.
std::string numbered_name(const std::string& name, unsigned number);

}  // namespace echofold
