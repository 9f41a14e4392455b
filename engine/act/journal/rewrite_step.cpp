// Names of the kinds of rewrites.
#include "engine/act/journal/rewrite_step.h"

#include <algorithm>
#include <array>
#include <utility>

namespace echofold {
namespace {

constexpr std::array<std::pair<RewriteKind, std::string_view>, 5> names = {{
    {RewriteKind::tags, "tags"},
    {RewriteKind::playlist, "playlist"},
    {RewriteKind::cue_sheet, "cue_sheet"},
    {RewriteKind::hard_link, "hard_link"},
    {RewriteKind::reflink, "reflink"},
}};

}  // namespace

std::string_view name_of(RewriteKind kind) noexcept {
  return std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == kind; })
      ->second;
}

std::optional<RewriteKind> rewrite_kind(std::string_view name) noexcept {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& known) { return known.second == name; });
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace echofold
