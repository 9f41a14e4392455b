// POST /api/answers, /api/answers/forget and /api/accept; GET /api/answers.
#pragma once

#include "index/base/json.h"
#include "tools/review/library_access.h"
#include "tools/review/review_state.h"
#include "tools/review/web_http.h"

namespace echofold {

/// @param library, state  must outlive the router
void add_answer_routes(WebRouter& router, LibraryAccess& library, ReviewState& state);

/// The fields of a request. @throws WebError 400 if one is not there or of another kind
std::string text_field(const Json& request, const char* name);
bool flag_field(const Json& request, const char* name);

/// The body of a POST. @throws WebError 400
Json json_body(const WebRequest& request);

}  // namespace echofold
