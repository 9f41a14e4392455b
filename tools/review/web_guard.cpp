// See web_guard.h.
#include "tools/review/web_guard.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>

#include "tools/review/web_head.h"

namespace echofold {
namespace {

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw system_error(errno, "no random numbers");
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

/// In a time that does not depend on where they differ.
bool are_equal(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

std::string_view cookie_value(std::string_view cookies, std::string_view name) noexcept {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view cookie = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (cookie.starts_with(' ')) cookie.remove_prefix(1);
    if (cookie.size() > name.size() && cookie.starts_with(name) && cookie[name.size()] == '=')
      return cookie.substr(name.size() + 1);
  }
  return {};
}

}  // namespace

WebGuard::WebGuard(std::uint16_t port)
    : address_(fmt::format("127.0.0.1:{}", port)),
      name_(fmt::format("localhost:{}", port)),
      cookie_(fmt::format("echofold_{}", port)),
      token_(random_token()) {}

std::string WebGuard::link() const { return fmt::format("http://{}/?token={}", address_, token_); }

std::string WebGuard::link_for_once() {
  const std::lock_guard lock(mutex_);
  token_for_once_ = random_token();
  return fmt::format("http://{}/?token={}", address_, token_for_once_);
}

bool WebGuard::is_token(std::string_view token) {
  if (are_equal(token, token_)) return true;
  const std::lock_guard lock(mutex_);
  if (token_for_once_.empty() || !are_equal(token, token_for_once_)) return false;
  token_for_once_.clear();
  return true;
}

std::optional<WebReply> WebGuard::check_source(const WebHead& head) const {
  const std::string& host = head.header("host");
  if (host != address_ && host != name_) return error_reply(403, "this address is not that of the page");
  const std::string &origin = head.header("origin"), &site = head.header("sec-fetch-site");
  const bool is_own = origin == "http://" + host;
  if (!origin.empty() && !is_own) return error_reply(403, "another page may not ask here");
  if (!site.empty() && site != "same-origin" && site != "none")
    return error_reply(403, "another page may not ask here");
  if (head.method != "POST") return std::nullopt;
  if (!is_own) return error_reply(403, "only the page itself may do this");
  const std::string& type = head.header("content-type");
  if (type != "application/json" && !type.starts_with("application/json;"))
    return error_reply(400, "a request has to be JSON");
  return std::nullopt;
}

std::optional<WebReply> WebGuard::check_cookie(const WebHead& head) const {
  if (are_equal(cookie_value(head.header("cookie"), cookie_), token_)) return std::nullopt;
  if (head.path.starts_with("/api/"))
    return error_reply(403, "open the link that `echofold review --web` printed");
  return WebReply{403,
                  "text/plain; charset=utf-8",
                  "Open the link that `echofold review --web` printed: it has the key to this page.\n",
                  {{"Cache-Control", "no-store"}}};
}

std::optional<WebReply> WebGuard::check(const WebHead& head) {
  if (auto refused = check_source(head)) return refused;
  const std::string_view token = query_value(head.query, "token");
  if (head.method != "GET" || head.path != "/" || token.empty()) return check_cookie(head);
  if (!is_token(token))
    return error_reply(403, "this link is no longer valid: use the one that was printed last");
  return WebReply{303,
                  "text/plain; charset=utf-8",
                  "",
                  {{"Location", "/"},
                   {"Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/", cookie_, token_)},
                   {"Cache-Control", "no-store"}}};
}

}  // namespace echofold
