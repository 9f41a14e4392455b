// Moves one file. It never overwrites another file, and it never moves a file other than the expected one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/files/copier.h"
#include "index/model/record.h"

namespace echofold {

/// How a file gets its new name. Each falls back to the next if the file system can't do it.
enum class Means : std::uint8_t {
  rename,      ///< renameat2(RENAME_NOREPLACE)
  link,        ///< link, then unlink the old name
  copy,        ///< copy, compare, name it, unlink the old file; the only way across file systems
  placeholder  ///< as `copy`, but an empty file takes the final name, and the copy is renamed over it
};

struct MoveOrder {
  std::string from, to;                             ///< absolute; both folders exist
  Stamp stamp;                                      ///< what `from` must be
  std::string part_name;                            ///< temporary name for a copy, in the folder of `to`
  std::optional<FileTraits> traits = std::nullopt;  ///< for a copy; none: those of the file at `from`
  Means first = Means::rename;                      ///< the first means to try
  Attributes attributes =
      {};  ///< of the file, in the journal: a copy may lack them if its file system can't hold them
  /// Undo: the copy gets `attributes` as well, and an attribute that it can't hold does not stop the move.
  bool back = false;
  /// Files on the side of `to` that may be further names of the file at `from`. If the file system can, `to` becomes
  /// a hard link of the first of them that has the same bytes, instead of a copy.
  std::vector<std::string> other_names = {};
};

/// Moves `from` to `to`; both folders are durable when it returns.
///
/// If it throws, the file is at `from` as before, except that a failing disk may leave it at `to` or under both names;
/// resolve_move() finds out which. At every moment the file exists under at least one of the two names.
/// @return        the stamp of the file at `to`
/// @throws Error  Fault::changed if `from` is not as `stamp` says or `to` is taken, Fault::missing, Fault::permission,
///                Fault::full, Fault::io; Fault::unsupported if an attribute of the user's would be lost
Stamp move_file(const MoveOrder& order);

/// The temporary name for move `number` of a run: short, hidden and unique to this move.
std::string part_name(const std::string& run, std::uint64_t number);

}  // namespace echofold
