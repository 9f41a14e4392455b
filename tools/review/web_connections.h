// The connections of the review page: one thread waits for all of them, and a few answer whole requests.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "index/base/fd.h"
#include "tools/review/web_request.h"

namespace echofold {

struct ConnectionLimits {
  std::size_t most_connections =
      128;                   ///< beyond: the one that has kept its request back the longest is closed
  std::size_t workers = 16;  ///< threads that answer; media has a limit of its own below that
  std::chrono::milliseconds request{10'000};  ///< from the connection to the last byte of the request
  std::chrono::milliseconds reply{30'000};    ///< for the client to take the reply
  std::chrono::milliseconds drain{1'000};     ///< to take in what a refused client still sends
  std::size_t reply_bytes = std::size_t{256}
                            << 20;  ///< waiting to be taken, of all; beyond: the oldest is closed
};

/// A socket that listens on 127.0.0.1.
struct Listener {
  Fd socket;
  std::uint16_t port = 0;
};

/// @param port  0: any free one
/// @throws Error Fault::usage when the port is taken, Fault::io
Listener listen_on_loopback(std::uint16_t port);

struct ConnectionHandlers {
  /// The reply to a head that must not pass. Called in one thread, and must not wait for anything.
  std::function<std::optional<WebReply>(const WebHead& head)> check;
  /// The bytes of the whole reply. Called in several threads at once.
  std::function<std::string(const WebRequest& request)> answer;
};

/// Serves until a stop. Each connection gets one reply. A slow client costs its buffers and no thread, so that any
/// number of them hold nobody up: when there are too many, the one that is slowest to ask is closed.
void serve_connections(const Listener& listener, const ConnectionLimits& limits,
                       const ConnectionHandlers& handlers, const std::stop_token& stop);

}  // namespace echofold
