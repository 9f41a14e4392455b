// A request of the review page and its reply, as plain data: no type of the HTTP library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/base/error.h"

namespace echofold {

/// What a client sent before the body, checked by parse_head().
struct WebHead {
  std::string method;                          ///< capitals, as sent
  std::string path;                            ///< begins with '/'; without the query
  std::string query;                           ///< after the '?'; may be empty
  std::map<std::string, std::string> headers;  ///< by name in lower case
  std::size_t body_bytes = 0;                  ///< that Content-Length announces

  /// Empty: not sent.
  const std::string& header(const std::string& name) const;
};

struct WebRequest {
  WebHead head;
  std::string body;
};

struct WebReply {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// What a handler throws for a request that gets no answer.
class WebError : public std::runtime_error {
 public:
  WebError(int status, const std::string& sentence) : std::runtime_error(sentence), status_(status) {}
  int status() const noexcept { return status_; }

 private:
  int status_;
};

/// {"error":"sentence"}
WebReply error_reply(int status, std::string_view sentence);

/// Headers of every reply: what the page may load, that nobody may frame it, and that nothing guesses types.
const std::vector<std::pair<std::string, std::string>>& headers_of_every_reply();

}  // namespace echofold
