// See web_request.h.
#include "tools/review/web_request.h"

#include "index/base/json.h"

namespace echofold {

const std::string& WebHead::header(const std::string& name) const {
  static const std::string none;
  const auto found = headers.find(name);
  return found == headers.end() ? none : found->second;
}

WebReply error_reply(int status, std::string_view sentence) {
  return {status, "application/json", to_line(Json{{"error", sentence}}), {{"Cache-Control", "no-store"}}};
}

const std::vector<std::pair<std::string, std::string>>& headers_of_every_reply() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
       "media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"}};
  return headers;
}

}  // namespace echofold
