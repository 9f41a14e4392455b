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
  std::string url;  ///< as check_service_url takes it
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{30'000};      ///< from the start to the last byte
  std::size_t most_bytes = std::size_t{4} << 20;  ///< of an answer, unpacked
};

enum class HttpEnd {
  answered,
  unreachable,  ///< no such host, no connection, no trust in its certificate
  timeout,
  cut_off,    ///< the connection ended too early, or what came was no HTTP
  too_large,  ///< more than `most_bytes`
  stopped     ///< on request
};

struct HttpReply {
  HttpEnd end = HttpEnd::answered;
  long status = 0;  ///< of HTTP; 0 when there is none
  std::string body;
  std::string why;  ///< for messages, where the end is not `answered`
};

/// https, or http to this very machine: a key never crosses a network in the open.
/// @throws Error Fault::usage that says what is wrong with `url`
void check_service_url(const std::string& url);

/// Posts to one address. Any number of threads: each request has a connection for itself, and those that are idle are
/// used again. Redirects are not followed, no other protocol is spoken.
class HttpClient {
 public:
  /// @throws Error Fault::usage for an address that check_service_url refuses
  explicit HttpClient(HttpSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends `form` (application/x-www-form-urlencoded) packed by gzip; unpacks the answer.
  /// A requested `stop` ends it at once. @throws std::bad_alloc
  HttpReply post(std::string_view form, const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `text` as a value of a form.
std::string form_escaped(std::string_view text);

}  // namespace echofold
