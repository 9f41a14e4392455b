// A plan as one self-contained HTML page: figures, charts, and the groups with filters that need no server.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "engine/dedupe/plan.h"
#include "index/base/progress.h"
#include "index/pair/error_strip.h"

namespace echofold {

struct PlanPageSource {
  std::string library;         ///< raw path, for the title
  std::int64_t made_at_s = 0;  ///< Unix time
  /// The bit errors of a pair over time, for its strip; empty where a fingerprint is missing.
  std::function<ErrorStrip(const PlanGroup& group, const PlanDrop& drop)> strip;
  std::string next_step = {};  ///< what the user can do next; may be empty
};

/// How many columns a strip should have.
inline constexpr std::size_t page_strip_columns = 96;

/// Groups with the most space to free come first; those whose losers all stay because `undo` brought them back are left
/// out. All names and tags are escaped. Groups are written one by one.
/// @param progress  called for the stage "strips"; may be empty
void write_plan_page(std::ostream& out, const Plan& plan, const PlanPageSource& source,
                     const Progress& progress = {});

}  // namespace echofold
