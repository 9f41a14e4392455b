// Connections over real sockets: limits of time and number, and an end that does not wait.
#include "tools/review/web_connections.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>
#include <thread>
#include <vector>

#include "index/base/error.h"
#include "tools/review/web_http.h"

namespace echofold::review_web_connections_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

Fd connect_to(std::uint16_t port) {
  Fd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const timeval limit{20, 0};
  setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  return client;
}

void send_text(const Fd& client, const std::string& text) {
  EXPECT_EQ(send(client.get(), text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
}

/// All that comes until the other side closes.
std::string read_all(const Fd& client) {
  std::string text;
  char block[4096];
  for (ssize_t count = 0; (count = recv(client.get(), block, sizeof block, 0)) > 0;)
    text.append(block, static_cast<std::size_t>(count));
  return text;
}

struct Server {
  explicit Server(ConnectionLimits limits = {}, std::function<std::string(const WebRequest&)> answer = echo)
      : thread([this, limits, answer](const std::stop_token& stop) {
          serve_connections(listener, limits,
                            {.check = [](const WebHead&) { return std::nullopt; }, .answer = answer}, stop);
        }) {}

  static std::string echo(const WebRequest& request) {
    return reply_bytes({200, "text/plain", request.head.path + request.body, {}});
  }
  std::string ask(const std::string& text) const {
    const Fd client = connect_to(listener.port);
    send_text(client, text);
    return read_all(client);
  }

  Listener listener = listen_on_loopback(0);
  std::jthread thread;
};

const std::string plain = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(WebConnections, AnswersWholeRequests) {
  const Server server;
  EXPECT_TRUE(server.ask(plain).ends_with("\r\n\r\n/a"));
  const Fd client = connect_to(server.listener.port);
  const std::string post = "POST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
  for (const char c : post) send_text(client, std::string(1, c));
  EXPECT_TRUE(read_all(client).ends_with("\r\n\r\n/bhello"));
  // What follows a request is no second one.
  EXPECT_TRUE(
      server.ask("POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi" + plain).ends_with("\r\n\r\n/bhi"));
}

TEST(WebConnections, RefusesAHeadThatDoesNotEnd) {
  const Server server;
  EXPECT_TRUE(server.ask("GET / HTTP/1.1\r\nA: " + std::string(17'000, 'a')).starts_with("HTTP/1.1 431 "));
}

TEST(WebConnections, ASlowClientIsClosedAndHoldsNobodyUp) {
  const Server server({.workers = 1, .request = 500ms});
  std::vector<Fd> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(connect_to(server.listener.port));
    send_text(slow.back(), "GET / HT");
  }
  const auto began = Clock::now();
  EXPECT_TRUE(server.ask(plain).ends_with("/a"));
  EXPECT_LT(Clock::now() - began, 400ms);
  for (const Fd& client : slow) EXPECT_EQ(read_all(client), "");
}

TEST(WebConnections, WhenThereAreTooManyTheSlowestToAskIsClosed) {
  const Server server({.most_connections = 4, .request = 60s});
  std::vector<Fd> slow;
  for (int i = 0; i < 4; ++i) slow.push_back(connect_to(server.listener.port));
  EXPECT_TRUE(server.ask(plain).ends_with("/a"));
  EXPECT_EQ(read_all(slow.front()), "");  // long before its time is over
  send_text(slow.back(), plain);
  EXPECT_TRUE(read_all(slow.back()).ends_with("/a"));
}

TEST(WebConnections, AClientThatDoesNotTakeItsReplyIsClosed) {
  const Server server({.workers = 1, .reply = 300ms},
                      [](const WebRequest&) { return std::string(std::size_t{64} << 20, 'a'); });
  const Fd client = connect_to(server.listener.port);
  send_text(client, plain);
  std::this_thread::sleep_for(1s);
  EXPECT_LT(read_all(client).size(), std::size_t{64} << 20);
}

TEST(WebConnections, AStopEndsIt) {
  Server server;
  const Fd client = connect_to(server.listener.port);
  const auto began = Clock::now();
  server.thread.request_stop();
  server.thread.join();
  EXPECT_LT(Clock::now() - began, 5s);
}

TEST(WebConnections, APortThatIsTakenIsAnError) {
  const Listener first = listen_on_loopback(0);
  try {
    listen_on_loopback(first.port);
    FAIL() << "two servers on one port";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::usage);
  }
}

}  // namespace
}  // namespace echofold::review_web_connections_test
