// Moves one file. It never overwrites another file, and it never moves a file other than the expected one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/files/copier.h"
#include "index/model/record.h"

namespace echofold {

/// How a file gets to its new name; each falls back to the next where the file system can't.
enum class Means : std::uint8_t {
  rename,      ///< renameat2(RENAME_NOREPLACE)
  link,        ///< link, then unlink the old name
  copy,        ///< copy, compare, name it, unlink the old file; the only way across file systems
  placeholder  ///< `copy`, its final name taken by an empty file that the copy is then renamed over
};

struct MoveOrder {
  std::string from, to;                             ///< absolute; both folders exist
  Stamp stamp;                                      ///< what `from` must be
  std::string part_name;                            ///< temporary name for a copy, in the folder of `to`
  std::optional<FileTraits> traits = std::nullopt;  ///< for a copy; none: those of the file at `from`
  Means first = Means::rename;                      ///< the first means to try
  Attributes attributes =
      {};  ///< of the file, in the journal: a copy may lack them where its file system can't hold them
  /// Undo: the copy gets `attributes` as well, and an attribute that it can't hold does not stop the move.
  bool back = false;
  /// Files on the side of `to` that may be further names of the file at `from`: instead of a copy, `to` becomes a hard link
  /// of the first of them that has the same bytes, where the file system can.
  std::vector<std::string> other_names = {};
};

/// Moves `from` to `to`; both folders are durable when it returns.
///
/// When it throws, the file is at `from` as before, except that a failing disk may leave it at `to` or under
/// both names; resolve_move() finds out. At every moment the file exists under at least one of the two names.
/// @return        the stamp of the file at `to`
/// @throws Error  Fault::changed when `from` is not as `stamp` says or `to` is taken, Fault::missing,
///                Fault::permission, Fault::full, Fault::io; Fault::unsupported when an attribute of the user's would be lost
Stamp move_file(const MoveOrder& order);

/// The temporary name for move `number` of a run: short, hidden and unique to this move.
std::string part_name(const std::string& run, std::uint64_t number);

}  // namespace echofold
