// Who gets which name: one file a name, also where case and normal form do not count.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/partner/disk_names.h"

namespace echofold {

/// Names that are given out, on top of those that are taken on disk by files that stay.
class Claims {
 public:
  explicit Claims(DiskNames& disk) : disk_(disk) {}

  /// This file goes elsewhere: its name may be given to another.
  void leaves(const std::string& path) { leaving_.insert(path); }

  /// A folder that is there or will be: no file gets its name.
  void take_folder(const std::string& path);

  /// True when the file `self` may have this name: nobody else has it, or only who leaves.
  bool is_free(const std::string& folder, const std::string& name, const std::string& self) const;

  /// Gives `name` to the file, or else `name` with the lowest number that is free: "x (2).flac". @return the path
  std::string give(const std::string& folder, const std::string& name, const std::string& self);

  /// A numbered name beside `path` that nothing has and nobody gets, not even one who leaves.
  std::string give_unused(const std::string& path);

 private:
  DiskNames& disk_;
  std::unordered_set<std::string> leaving_;
  std::unordered_map<std::string, std::string> given_;  // folded path -> the file that gets it
};

/// n for a name that is `wanted` with the number n; 1 for `wanted` itself, 0 for any other.
unsigned number_in(const std::string& name, const std::string& wanted);

}  // namespace echofold
