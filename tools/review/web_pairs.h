// GET /api/pairs/A/B: how two files of a group lie beside each other, and where their fingerprints differ.
#pragma once

#include "index/base/json.h"
#include "index/model/fingerprint.h"
#include "tools/review/library_access.h"
#include "tools/review/review_state.h"
#include "tools/review/web_http.h"

namespace echofold {

/// @param library, state  must outlive the router
void add_pair_routes(WebRouter& router, LibraryAccess& library, const ReviewState& state);

/// The bit errors of the aligned items: `bits` are their differences, `rate` is a rolling mean of them.
/// Null if no item lies beside another one.
/// @param offset_s  where b begins in a's time
/// @param speed     b plays so many times as fast as a
Json bit_errors_json(Items a, Items b, double offset_s, double speed);

}  // namespace echofold
