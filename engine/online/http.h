// Requests to one web service, over connections that stay open. Nothing else includes curl.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace echofold {

struct HttpSettings {
  std::string url;  ///< one that check_service_url accepts
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{30'000};      ///< from the start to the last byte
  std::size_t most_bytes = std::size_t{4} << 20;  ///< of an answer, unpacked
};

enum class HttpEnd {
  answered,
  unreachable,  ///< no such host, no connection, no trust in its certificate
  timeout,
  cut_off,    ///< the connection ended too early, or the answer was not HTTP
  too_large,  ///< more than `most_bytes`
  stopped     ///< on request
};

struct HttpReply {
  HttpEnd end = HttpEnd::answered;
  long status = 0;  ///< of HTTP; 0: none
  std::string body;
  std::string why;  ///< for messages, if the end is not `answered`
};

/// Accepts https, and http to this machine only: a key never crosses a network unencrypted.
/// @throws Error Fault::usage that says what is wrong with `url`
void check_service_url(const std::string& url);

/// Posts to one address. Thread-safe: each request has a connection of its own, and idle connections are used again.
/// Redirects are not followed, and no other protocol is used.
class HttpClient {
 public:
  /// @throws Error as check_service_url
  explicit HttpClient(HttpSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends `form` (application/x-www-form-urlencoded) compressed by gzip, and unpacks the answer.
  /// Ends at once when `stop` is requested. @throws std::bad_alloc
  HttpReply post(std::string_view form, const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `text` as a value of a form.
std::string form_escaped(std::string_view text);

}  // namespace echofold
