// The result of `tag` for each file, as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/online/fill.h"
#include "engine/report/table.h"

namespace echofold {

enum class TagStatus : std::uint8_t { tagged, would_tag, ambiguous, not_found, unchanged, failed };
std::string_view name_of(TagStatus status) noexcept;

struct TagRow {
  std::string path;
  TagStatus status = TagStatus::failed;
  double score = 0;                       ///< 0: none
  FoundTags found{};                      ///< empty where nothing was chosen
  std::vector<std::string> candidates{};  ///< recording ids of an ambiguous file
  std::vector<FieldChange> changes{};     ///< of tagged and would_tag
  std::string why{};
};

/// echofold.tag/1
std::string tag_row_to_line(const TagRow& row);

/// A line for the file, and one for each tag that changes; ids are only counted. On a terminal score and reason have
/// lines of their own.
std::string tag_row_text(const TagRow& row, const TableStyle& style);

}  // namespace echofold
