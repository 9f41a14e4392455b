// Which file gets which name: no two get one name, not even names that differ only by case or normal form.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/partner/disk_names.h"

namespace echofold {

/// The names that are given out. Names of files on disk that stay are taken, too.
class Claims {
 public:
  explicit Claims(DiskNames& disk) : disk_(disk) {}

  /// This file gets another name, so its present one may be given to another file.
  void leaves(const std::string& path) { leaving_.insert(path); }

  /// A folder that exists or will exist: no file gets its name.
  void take_folder(const std::string& path);

  /// No other file gets a name in the folder of `music` that differs only in the extension: the partner files there would
  /// then belong to that file, too.
  void take_stem(const std::string& music);

  /// True if the file `self` may have this name: no other file has it, or only one that leaves.
  bool is_free(const std::string& folder, const std::string& name, const std::string& self) const;

  /// Gives the file `name`, or `name` with the lowest free number: "x (2).flac". @return the path
  std::string give(const std::string& folder, const std::string& name, const std::string& self);

  /// A numbered name beside `path` that no file has or gets, not even one that leaves.
  std::string give_unused(const std::string& path);

 private:
  DiskNames& disk_;
  std::unordered_set<std::string> leaving_;
  std::unordered_map<std::string, std::string> given_;  // folded path -> the file that gets it
  std::unordered_set<std::string> stems_;               // folded paths without extension
};

/// n if `name` is `wanted` with the number n; 1 for `wanted` itself, 0 for any other name.
unsigned number_in(const std::string& name, const std::string& wanted);

}  // namespace echofold
