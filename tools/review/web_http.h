// The HTTP library: finds the handler of a request and writes replies as bytes. Only this file uses httplib.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tools/review/web_request.h"

namespace echofold {

/// The parts of the path that its pattern has in parentheses.
using PathParts = std::vector<std::string>;
/// May be called by several threads at once. @throws WebError, Error
using WebHandler = std::function<WebReply(const WebRequest& request, const PathParts& parts)>;

/// It never sees a socket. A request comes from memory, checked and rewritten to the few headers that are used, and the
/// reply goes to memory: limits of time and size are those of web_connections.h.
class WebRouter {
 public:
  WebRouter();
  ~WebRouter();
  WebRouter(const WebRouter&) = delete;
  WebRouter& operator=(const WebRouter&) = delete;

  /// @param pattern  a regular expression for the whole path. Before the first answer()
  void get(const std::string& pattern, WebHandler handler);
  void post(const std::string& pattern, WebHandler handler);

  /// The whole reply. An exception of a handler becomes {"error":...}. Thread-safe.
  std::string answer(const WebRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The bytes of a reply to a request that the router must not see.
std::string reply_bytes(const WebReply& reply);

}  // namespace echofold
