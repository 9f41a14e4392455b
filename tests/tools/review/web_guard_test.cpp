// Who passes the guard of the review page.
#include "tools/review/web_guard.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace echofold::review_web_guard_test {
namespace {

struct WebGuardTest : testing::Test {
  WebGuardTest() {
    const std::string link = guard.link();
    token = link.substr(link.find('=') + 1);
    page.headers = {{"host", "127.0.0.1:1234"}, {"cookie", "a=b; echofold_1234=" + token}};
    page.path = "/api/summary";
    page.method = "GET";
    post = page;
    post.method = "POST";
    post.headers["origin"] = "http://127.0.0.1:1234";
    post.headers["content-type"] = "application/json";
  }

  /// 200: it passes.
  int status(const WebHead& head) {
    const auto refused = guard.check(head);
    return refused ? refused->status : 200;
  }
  int with(WebHead head, const std::string& name, const std::string& value) {
    head.headers[name] = value;
    return status(head);
  }
  WebHead opening(const std::string& with_token) const {
    WebHead head{"GET", "/", "token=" + with_token, {{"host", "127.0.0.1:1234"}}, 0};
    return head;
  }

  WebGuard guard{1234};
  std::string token;
  WebHead page, post;
};

TEST_F(WebGuardTest, ThePageItselfPasses) {
  EXPECT_EQ(status(page), 200);
  EXPECT_EQ(status(post), 200);
  EXPECT_EQ(with(page, "sec-fetch-site", "same-origin"), 200);
  EXPECT_EQ(with(page, "sec-fetch-site", "none"), 200);
  EXPECT_EQ(with(page, "host", "localhost:1234"), 200);
}

TEST_F(WebGuardTest, AnotherHostIsRefused) {
  for (const char* host :
       {"", "evil.example:1234", "127.0.0.1", "127.0.0.1:1235", "localhost", "LOCALHOST:1234x"})
    EXPECT_EQ(with(page, "host", host), 403) << host;
  // The origin has to be the one that was asked.
  EXPECT_EQ(with(post, "host", "localhost:1234"), 403);
}

TEST_F(WebGuardTest, AnotherPageIsRefused) {
  for (const char* origin :
       {"http://evil.example", "null", "https://127.0.0.1:1234", "http://127.0.0.1:1235"}) {
    EXPECT_EQ(with(post, "origin", origin), 403) << origin;
    EXPECT_EQ(with(page, "origin", origin), 403) << origin;
  }
  EXPECT_EQ(with(post, "origin", ""), 403);
  EXPECT_EQ(with(page, "sec-fetch-site", "cross-site"), 403);
  EXPECT_EQ(with(page, "sec-fetch-site", "same-site"), 403);
  EXPECT_EQ(with(post, "content-type", "text/plain"), 400);
  EXPECT_EQ(with(post, "content-type", "application/jsonx"), 400);
  EXPECT_EQ(with(post, "content-type", "application/json; charset=utf-8"), 200);
}

TEST_F(WebGuardTest, ACookieIsNeeded) {
  const std::vector<std::string> wrong = {"",
                                          "echofold_1234=",
                                          "echofold_1234=" + std::string(32, '0'),
                                          "echofold_1235=" + token,
                                          "xechofold_1234=" + token,
                                          "echofold_1234=" + token + "0"};
  for (const std::string& cookie : wrong) EXPECT_EQ(with(page, "cookie", cookie), 403) << cookie;
}

TEST_F(WebGuardTest, TheLinkGivesTheCookie) {
  const auto reply = guard.check(opening(token));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 303);
  std::string cookie;
  for (const auto& [name, value] : reply->headers)
    if (name == "Set-Cookie") cookie = value;
  EXPECT_EQ(cookie, "echofold_1234=" + token + "; HttpOnly; SameSite=Strict; Path=/");
  EXPECT_EQ(status(opening(token)), 303);  // as often as wanted
  EXPECT_EQ(status(opening(std::string(32, '0'))), 403);
  EXPECT_EQ(status(opening("")), 403);
}

TEST_F(WebGuardTest, ALinkForOnceIsValidOnce) {
  const std::string link = guard.link_for_once(), once = link.substr(link.find('=') + 1);
  EXPECT_NE(once, token);
  EXPECT_EQ(with(page, "cookie", "echofold_1234=" + once), 403);
  EXPECT_EQ(status(opening(once)), 303);
  EXPECT_EQ(status(opening(once)), 403);
}

TEST(WebGuard, EachHasItsOwnToken) {
  EXPECT_NE(WebGuard(1).link().substr(20), WebGuard(1).link().substr(20));
  EXPECT_EQ(WebGuard(65535).link().size(), std::string("http://127.0.0.1:65535/?token=").size() + 32);
}

}  // namespace
}  // namespace echofold::review_web_guard_test
