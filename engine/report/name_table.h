// Lines of `organize` and `undo` for people: which file goes where, or is back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/report/table.h"

namespace echofold {

/// The lines of files whose paths are all known before the first line is printed. A terminal gets their common folder
/// once and shortened paths; a file or a pipe gets whole paths.
class NameTable {
 public:
  NameTable(const std::vector<std::string_view>& paths, const TableStyle& style);

  /// The text above the lines; may be empty.
  std::string heading() const;
  /// Two lines: the old name, and an arrow with the new one.
  std::string renamed(std::string_view from, std::string_view to) const;
  /// "left alone X: why"; on a terminal `why` has lines of its own.
  std::string left_alone(std::string_view path, std::string_view why) const;
  /// One line: what was done, and the path.
  std::string done(std::string_view what, std::string_view path) const;

 private:
  TableStyle style_;
  std::string folder_;
};

}  // namespace echofold
