// A plan as NDJSON, one `echofold.group/1` a line, written and read back.
#pragma once

#include <istream>
#include <string>

#include "engine/dedupe/plan.h"

namespace echofold {

/// The fields of docs/CLI.md, and what `apply` and `review` need: `library`, and the stamp and properties of each file.
/// No newline at the end.
std::string group_to_line(const PlanGroup& group, const std::string& library_id);

/// Reads what group_to_line wrote. Unknown fields are ignored; blank lines are skipped.
/// @throws Error Fault::usage, naming the line, if it is not a plan, mixes libraries, names a file twice, or has a
///               keeper that is also a loser
Plan read_plan(std::istream& in);

}  // namespace echofold
