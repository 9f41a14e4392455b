// The mtimes of the folders that a run touches: taken before and after, and set back by undo.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "index/base/fs/file_time.h"

namespace echofold {

/// A folder's mtime before the run touched it and after the run's last change. Undo restores it if no other program
/// changed the folder in between.
struct FolderTime {
  std::string path;
  FileTime before, after;
  bool ours = true;  ///< false: another program changed it in between, so undo leaves its time alone
};

/// Call about_to_change() before and changed() after each change in a folder; both return what belongs in the
/// journal. A folder that can't be read is left out.
class FolderTimes {
 public:
  FolderTimes() = default;
  explicit FolderTimes(const std::vector<FolderTime>& known);

  /// For apply: if another program has changed the folder since our last change, its present time becomes `before`.
  std::vector<FolderTime> about_to_change(const std::vector<std::string>& folders);
  /// For undo: if another program has changed the folder since our last change, its time is never set back.
  std::vector<FolderTime> about_to_restore(const std::vector<std::string>& folders);
  std::vector<FolderTime> changed(const std::vector<std::string>& folders);

  /// Restores the time of each folder that no other program has changed since.
  void set_back();

 private:
  std::map<std::string, FolderTime> times_;
};

}  // namespace echofold
