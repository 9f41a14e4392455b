// Moves one file: never over another, never a file that is not the expected one, never losing it on the way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/act/copier.h"
#include "index/record.h"

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
  /// The way back: the copy gets `attributes`, too, and those that it can't hold keep no file from its place.
  bool back = false;
  /// Files on the side of `to` that may be further names of the file at `from`: instead of a copy, `to` becomes a hard link
  /// of the first of them that has the same bytes, where the file system can.
  std::vector<std::string> other_names = {};
};

/// Moves `from` to `to`; both folders are durable when it returns.
///
/// When it throws, the file is at `from` as before, except that a failing disk may leave it at `to` or under
/// both names: settle() tells. There is no moment at which it is under neither.
/// @return        the stamp of the file at `to`
/// @throws Error  Fault::changed when `from` is not as `stamp` says or `to` is taken, Fault::missing,
///                Fault::permission, Fault::full, Fault::io; Fault::unsupported when an attribute of the user's would be lost
Stamp move_file(const MoveOrder& order);

/// The temporary name for move `number` of a run: short, hidden, and only this move's.
std::string part_name(const std::string& run, std::uint64_t number);

}  // namespace echofold
