// Who may ask: only the page itself, opened by the link that the program printed.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "tools/review/web_request.h"

namespace echofold {

/// Thread-safe.
class WebGuard {
 public:
  explicit WebGuard(std::uint16_t port);

  /// For the user: with the token that is valid as long as this object.
  std::string link() const;
  /// For a program that opens a browser: other users of this machine may read the words of its command line, so this
  /// token is valid once.
  std::string link_for_once();

  /// Checks Host (a page of another name that resolves to this address is refused), Origin and Sec-Fetch-Site, the
  /// content type of a POST, and the cookie.
  /// @return the reply to a request that may not pass, or that asks for the cookie; nothing: it may pass
  std::optional<WebReply> check(const WebHead& head);

 private:
  bool is_token(std::string_view token);
  std::optional<WebReply> check_source(const WebHead& head) const;
  std::optional<WebReply> check_cookie(const WebHead& head) const;

  std::string address_, name_, cookie_;  ///< "127.0.0.1:PORT", "localhost:PORT", "echofold_PORT"
  std::string token_;
  std::mutex mutex_;
  std::string token_for_once_;  ///< empty: there is none
};

}  // namespace echofold
