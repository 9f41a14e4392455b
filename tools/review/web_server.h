// The server of the review page: guard, connections and routes put together.
#pragma once

#include <stop_token>
#include <string>

#include "tools/review/web_connections.h"
#include "tools/review/web_guard.h"
#include "tools/review/web_http.h"

namespace echofold {

/// Serves until a stop. Only what passes the guard reaches the router.
void serve(const Listener& listener, WebGuard& guard, WebRouter& router, const std::stop_token& stop);

/// Opens a link in the user's browser. @return false if there is no program that does
bool open_in_browser(const std::string& link);

}  // namespace echofold
