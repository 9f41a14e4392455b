// Lines of `organize` and `undo` for people: which file goes, or is back, where.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/report/table.h"

namespace echofold {

/// The lines of files whose paths are known before the first of them is printed. A terminal gets the folder that they share
/// once and shortened paths, a file or a pipe whole paths.
class NameTable {
 public:
  NameTable(const std::vector<std::string_view>& paths, const TableStyle& style);

  /// What stands above the lines; may be empty.
  std::string heading() const;
  /// Two lines: the old name, and the new one behind an arrow.
  std::string renamed(std::string_view from, std::string_view to) const;
  /// "left alone X: why"; on a terminal `why` has its own lines.
  std::string left_alone(std::string_view path, std::string_view why) const;
  /// One line: what was done, and the path.
  std::string done(std::string_view what, std::string_view path) const;

 private:
  TableStyle style_;
  std::string folder_;
};

}  // namespace echofold
