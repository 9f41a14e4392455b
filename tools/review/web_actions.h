// Apply and undo: GET and POST /api/apply, POST /api/undo, GET /api/runs and /api/job.
#pragma once

#include "tools/review/library_access.h"
#include "tools/review/review_jobs.h"
#include "tools/review/web_http.h"

namespace echofold {

/// @param library, jobs  must outlive the router
void add_action_routes(WebRouter& router, LibraryAccess& library, ReviewJobs& jobs);

}  // namespace echofold
