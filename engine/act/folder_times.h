// The mtimes of the folders that a run touches: taken before and after, and set back by undo.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/act/journal.h"

namespace echofold {

/// Call about_to_change() before and changed() after each change in a folder; both return what belongs in the
/// journal. A folder that can't be read is left out: its time is the least of its troubles.
class FolderTimes {
 public:
  FolderTimes() = default;
  explicit FolderTimes(const std::vector<FolderTime>& known);

  /// For apply: a change by somebody else since our last one starts the count anew.
  std::vector<FolderTime> about_to_change(const std::vector<std::string>& folders);
  /// For undo: a change by somebody else since our last one makes the time theirs for good.
  std::vector<FolderTime> about_to_restore(const std::vector<std::string>& folders);
  std::vector<FolderTime> changed(const std::vector<std::string>& folders);

  /// Sets back each folder whose time is still the one that we left.
  void set_back();

 private:
  std::map<std::string, FolderTime> times_;
};

}  // namespace echofold
