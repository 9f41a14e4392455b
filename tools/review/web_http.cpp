// See web_http.h.
#include "tools/review/web_http.h"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "index/base/error.h"
#include "index/base/text/printable.h"
#include "tools/review/web_head.h"

namespace echofold {
namespace {

/// A connection of the library that begins and ends in memory.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string request) : request_(std::move(request)) {}

  bool is_readable() const override { return at_ < request_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min(size, request_.size() - at_);
    std::memcpy(to, request_.data() + at_, count);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) override {
    reply_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = "127.0.0.1";
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override { get_remote_ip_and_port(ip, port); }
  socket_t socket() const override { return -1; }

  std::string take_reply() { return std::move(reply_); }

 private:
  std::string request_, reply_;
  std::size_t at_ = 0;
};

class MemoryServer : public httplib::Server {
 public:
  std::string answer(std::string request) {
    MemoryStream stream(std::move(request));
    bool closed = false;
    process_request(stream, true, closed, {});
    return stream.take_reply();
  }
};

int status_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::usage:
      return 400;
    case Fault::missing:
      return 404;
    case Fault::changed:
    case Fault::guard:
      return 409;
    case Fault::locked:
    case Fault::interrupted:
      return 503;
    case Fault::unsupported:
    case Fault::permission:
      return 404;
    default:
      return 500;
  }
}

WebReply guarded(const WebHandler& handler, const WebRequest& request, const PathParts& parts) {
  try {
    return handler(request, parts);
  } catch (const WebError& error) {
    return error_reply(error.status(), error.what());
  } catch (const Error& error) {
    return error_reply(status_of(error.fault()), printable(error.what()));
  } catch (const std::bad_alloc&) {
    return error_reply(503, "there is not enough memory for this");
  } catch (const std::exception& error) {
    return error_reply(500, printable(error.what()));
  }
}

void fill(httplib::Response& response, WebReply reply) {
  response.status = reply.status;
  for (auto& [name, value] : reply.headers) response.set_header(name, value);
  response.set_header("Content-Type", reply.type);
  response.body = std::move(reply.body);
}

httplib::Server::Handler handler_for(WebHandler handler) {
  return [handler = std::move(handler)](const httplib::Request& request, httplib::Response& response) {
    WebRequest plain;
    plain.head.method = request.method;
    plain.head.path = request.path;
    plain.head.query = request.target.substr(std::min(request.target.find('?'), request.target.size()));
    if (plain.head.query.starts_with('?')) plain.head.query.erase(0, 1);
    if (const std::string tag = request.get_header_value("If-None-Match"); !tag.empty())
      plain.head.headers["if-none-match"] = tag;
    plain.body = request.body;
    PathParts parts;
    for (std::size_t i = 1; i < request.matches.size(); ++i) parts.push_back(request.matches[i].str());
    fill(response, guarded(handler, plain, parts));
  };
}

/// Only what handlers need: whatever else a client sends, the library does not see it.
std::string rewritten(const WebRequest& request) {
  const WebHead& head = request.head;
  std::string text = head.method + ' ' + head.path + (head.query.empty() ? "" : "?" + head.query) +
                     " HTTP/1.1\r\nHost: localhost\r\n";
  if (const std::string& tag = head.header("if-none-match"); !tag.empty())
    text += "If-None-Match: " + tag + "\r\n";
  if (head.method == "POST")
    text += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", request.body.size());
  return text + "\r\n" + request.body;
}

const char* reason_of(int status) noexcept {
  switch (status) {
    case 303:
      return "See Other";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Payload Too Large";
    case 416:
      return "Range Not Satisfiable";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Refused";
  }
}

}  // namespace

struct WebRouter::Impl {
  MemoryServer server;
};

WebRouter::WebRouter() : impl_(std::make_unique<Impl>()) {
  httplib::Headers headers;
  for (const auto& [name, value] : headers_of_every_reply()) headers.emplace(name, value);
  impl_->server.set_default_headers(std::move(headers));
  impl_->server.set_payload_max_length(longest_body_bytes);
  impl_->server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty() && response.status != 304)
      fill(response, error_reply(response.status, "there is nothing at this address"));
  });
}

WebRouter::~WebRouter() = default;

void WebRouter::get(const std::string& pattern, WebHandler handler) {
  impl_->server.Get(pattern, handler_for(std::move(handler)));
}

void WebRouter::post(const std::string& pattern, WebHandler handler) {
  impl_->server.Post(pattern, handler_for(std::move(handler)));
}

std::string WebRouter::answer(const WebRequest& request) { return impl_->server.answer(rewritten(request)); }

std::string reply_bytes(const WebReply& reply) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", reply.status, reason_of(reply.status));
  for (const auto& [name, value] : headers_of_every_reply()) text += fmt::format("{}: {}\r\n", name, value);
  for (const auto& [name, value] : reply.headers) text += fmt::format("{}: {}\r\n", name, value);
  return text + fmt::format("Content-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                            reply.type, reply.body.size(), reply.body);
}

}  // namespace echofold
