// GET /api/summary, /api/generation, /api/groups and /api/groups/N.
#pragma once

#include <string>
#include <vector>

#include "index/base/json.h"
#include "tools/review/review_state.h"
#include "tools/review/web_http.h"

namespace echofold {

struct GroupsSettings {
  bool merge_tags = false;  ///< the keeper takes tags when the plan is applied
  std::string version;
};

/// @param state  must outlive the router
void add_group_routes(WebRouter& router, const ReviewState& state, const GroupsSettings& settings);

/// A reply of JSON that is not kept by the browser.
WebReply json_reply(const Json& json, int status = 200);

/// Why a pair is asked about, or why the drop is worse: short sentences without the figures of one pair, to count and
/// filter by.
std::vector<std::string> short_reasons(const PlanDrop& drop);

}  // namespace echofold
