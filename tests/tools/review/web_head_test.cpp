// Heads of requests: what passes, and with which status the rest is refused.
#include "tools/review/web_head.h"

#include <gtest/gtest.h>

#include <string>

namespace echofold::review_web_head_test {
namespace {

/// The status with which a head is refused; 200 if it is not.
int status_of(const std::string& head) {
  try {
    parse_head(head);
    return 200;
  } catch (const WebError& error) {
    return error.status();
  }
}

int status_with(const std::string& headers) { return status_of("GET / HTTP/1.1\r\n" + headers + "\r\n"); }
int status_at(const std::string& target) {
  return status_of("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
}

TEST(WebHead, HasPathQueryAndHeadersInLowerCase) {
  const WebHead head =
      parse_head("POST /api/x?a=1&b=-2.5 HTTP/1.1\r\nHost:  a:1 \r\nCONTENT-length: 12\r\n\r\n");
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.path, "/api/x");
  EXPECT_EQ(head.query, "a=1&b=-2.5");
  EXPECT_EQ(head.header("host"), "a:1");
  EXPECT_EQ(head.body_bytes, 12u);
  EXPECT_EQ(head.header("cookie"), "");
}

TEST(WebHead, RefusesPathsThatOurLinksDoNotHave) {
  for (const char* target :
       {"/", "/index.html", "/vendor/a-b_c.js", "/api/window/12?from=1.5&length=30&rate=44100"})
    EXPECT_EQ(status_at(target), 200) << target;
  for (const char* target : {"/..", "/a/../b", "//etc", "/a//b", "/.git", "/a/.b", "/%2e%2e", "/a\\b",
                             "/a?b=%00", "/a;b", "/~", "a", "http://127.0.0.1/", "*", "/\xC3\xA9"})
    EXPECT_EQ(status_at(target), 404) << target;
  EXPECT_EQ(status_at("/" + std::string(5000, 'a')), 404);
  EXPECT_EQ(status_at("/?" + std::string(5000, 'a')), 404);
}

TEST(WebHead, RefusesWhatIsNotARequest) {
  for (const char* head : {"\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
                           "GET / HTTP/1.1 x\r\n\r\n", "GET / HTTP/1.1\n\n"})
    EXPECT_EQ(status_of(head), 400) << head;
  for (const char* headers : {"Host: a\r\nHost: a\r\n", "no colon\r\n", ": a\r\n", " folded: a\r\n",
                              "a b: c\r\n", "a: b\x01\r\n", "a : b\r\n"})
    EXPECT_EQ(status_with(headers), 400) << headers;
  for (const char* method : {"PUT", "HEAD", "OPTIONS", "get"})
    EXPECT_EQ(status_of(std::string(method) + " / HTTP/1.1\r\n\r\n"), 405) << method;
  std::string many;
  for (int i = 0; i < 65; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(status_with(many), 400);
}

TEST(WebHead, ABodyNeedsALengthWithinTheLimit) {
  const auto post = [](const std::string& headers) {
    return status_of("POST / HTTP/1.1\r\n" + headers + "\r\n");
  };
  EXPECT_EQ(post("Content-Length: 0\r\n"), 200);
  EXPECT_EQ(post("Content-Length: 65536\r\n"), 200);
  EXPECT_EQ(post("Content-Length: 65537\r\n"), 413);
  EXPECT_EQ(post("Content-Length: 99999999999999999999999\r\n"), 413);
  EXPECT_EQ(post("Content-Length: -1\r\n"), 400);
  EXPECT_EQ(post("Content-Length: 1 2\r\n"), 400);
  EXPECT_EQ(post(""), 411);
  EXPECT_EQ(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 411);
  EXPECT_EQ(status_with("Content-Length: 5\r\n"), 400);
}

TEST(WebHead, ARangeIsOneRangeOfBytes) {
  for (const char* range : {"bytes=0-5", "bytes=5-", "bytes=-5", "bytes=7-7", "bytes=0-18446744073709551615"})
    EXPECT_EQ(status_with(std::string("Range: ") + range + "\r\n"), 200) << range;
  for (const char* range :
       {"bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,2-3", "bytes=a-b", "bytes=-18446744073709551616",
        "bytes=1--2", "bytes=--2", "items=0-5", "0-5", "bytes=0 - 5"})
    EXPECT_EQ(status_with(std::string("Range: ") + range + "\r\n"), 416) << range;
}

TEST(WebHead, FindsValuesOfAQuery) {
  EXPECT_EQ(query_value("from=1.5&length=30", "from"), "1.5");
  EXPECT_EQ(query_value("from=1.5&length=30", "length"), "30");
  EXPECT_EQ(query_value("xfrom=1&from=2", "from"), "2");
  EXPECT_EQ(query_value("from=1&from=2", "from"), "1");
  EXPECT_EQ(query_value("from=", "from"), "");
  EXPECT_EQ(query_value("from", "from"), "");
  EXPECT_EQ(query_value("", "from"), "");
}

}  // namespace
}  // namespace echofold::review_web_head_test
