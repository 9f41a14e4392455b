// Groups in the format of `plan --format ndjson`.
#pragma once

#include <string>
#include <vector>

#include "engine/dedupe/plan_ndjson.h"

namespace echofold::test {

inline std::string plan_text(const std::vector<PlanGroup>& groups, const std::string& library_id) {
  std::string lines;
  for (const PlanGroup& group : groups) lines += group_to_line(group, library_id) + "\n";
  return lines;
}

}  // namespace echofold::test
