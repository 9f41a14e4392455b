// See web_connections.h.
#include "tools/review/web_connections.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "index/base/error.h"
#include "tools/review/web_head.h"
#include "tools/review/web_http.h"

namespace echofold {
namespace {

using Clock = std::chrono::steady_clock;

/// One client, from its first byte to the last byte of its reply.
struct Connection {
  enum class State { asking, waiting, replying, draining };

  Fd socket;
  State state = State::asking;
  Clock::time_point until;  ///< when it is closed
  std::string in;           ///< what was read
  std::optional<WebHead> head;
  std::size_t head_bytes = 0;
  std::string out;  ///< what is to be written
  std::size_t written = 0;
};
using Connections = std::list<std::shared_ptr<Connection>>;

/// Whole requests on their way to the threads that answer them, and the replies on their way back.
class Workers {
 public:
  Workers(std::size_t count, std::function<std::string(const WebRequest&)> answer)
      : answer_(std::move(answer)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!wake_.valid()) throw system_error(errno, "the page can't be served");
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
      tasks_.clear();
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void add(std::shared_ptr<Connection> connection, WebRequest request) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back({std::move(connection), std::move(request)});
    }
    ready_.notify_one();
  }

  /// Readable when there are replies.
  int wake_fd() const noexcept { return wake_.get(); }

  std::vector<std::pair<std::shared_ptr<Connection>, std::string>> take_replies() {
    std::uint64_t count = 0;
    static_cast<void>(!::read(wake_.get(), &count, sizeof count));
    const std::lock_guard lock(mutex_);
    return std::exchange(replies_, {});
  }

 private:
  struct Task {
    std::shared_ptr<Connection> connection;
    WebRequest request;
  };

  void work() {
    for (;;) {
      Task task;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return ends_ || !tasks_.empty(); });
        if (ends_) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      std::string reply = answer_(task.request);
      const std::lock_guard lock(mutex_);
      replies_.emplace_back(std::move(task.connection), std::move(reply));
      const std::uint64_t one = 1;
      static_cast<void>(!::write(wake_.get(), &one, sizeof one));
    }
  }

  std::function<std::string(const WebRequest&)> answer_;
  Fd wake_;
  std::mutex mutex_;
  std::condition_variable ready_;
  bool ends_ = false;
  std::deque<Task> tasks_;
  std::vector<std::pair<std::shared_ptr<Connection>, std::string>> replies_;
  std::vector<std::thread> threads_;
};

class Loop {
 public:
  Loop(const Listener& listener, const ConnectionLimits& limits, const ConnectionHandlers& handlers)
      : listener_(listener),
        limits_(limits),
        handlers_(handlers),
        workers_(limits.workers, handlers.answer) {}

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      wait();
      if ((fds_[0].revents & POLLIN) != 0) accept_all();
      if ((fds_[1].revents & POLLIN) != 0) begin_replies();
      for (std::size_t i = 2; i < fds_.size(); ++i)
        if (fds_[i].revents != 0) move_on(*polled_[i - 2]);
      close_the_late();
    }
  }

 private:
  /// Also how soon a stop and a limit of time are seen.
  static constexpr int tick_ms = 100;

  void wait() {
    fds_.assign({{listener_.socket.get(), POLLIN, 0}, {workers_.wake_fd(), POLLIN, 0}});
    polled_.clear();
    for (const auto& connection : connections_) {
      // A client that hangs up while its answer is made is seen when the reply can't be written.
      if (connection->state == Connection::State::waiting) continue;
      const bool writes = connection->state == Connection::State::replying;
      fds_.push_back({connection->socket.get(), static_cast<short>(writes ? POLLOUT : POLLIN), 0});
      polled_.push_back(connection);
    }
    if (poll(fds_.data(), fds_.size(), tick_ms) < 0)
      for (pollfd& fd : fds_) fd.revents = 0;
  }

  void accept_all() {
    for (;;) {
      Fd socket(accept4(listener_.socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (!socket.valid()) return;
      if (connections_.size() >= limits_.most_connections && !close_the_slowest()) continue;
      auto connection = std::make_shared<Connection>();
      connection->socket = std::move(socket);
      connection->until = Clock::now() + limits_.request;
      connections_.push_back(std::move(connection));
    }
  }

  /// Connections are in the order in which they came. @return false: all have asked
  bool close_the_slowest() {
    for (const auto state : {Connection::State::draining, Connection::State::asking}) {
      const auto found = std::find_if(connections_.begin(), connections_.end(),
                                      [&](const auto& connection) { return connection->state == state; });
      if (found == connections_.end()) continue;
      close(**found);
      connections_.erase(found);
      return true;
    }
    return false;
  }

  void begin_replies() {
    for (auto& [connection, reply] : workers_.take_replies()) begin_reply(*connection, std::move(reply));
  }

  void begin_reply(Connection& connection, std::string reply) {
    connection.out = std::move(reply);
    connection.written = 0;
    connection.state = Connection::State::replying;
    connection.until = Clock::now() + limits_.reply;
    write_some(connection);
  }

  void refuse(Connection& connection, const WebReply& reply) { begin_reply(connection, reply_bytes(reply)); }

  void move_on(Connection& connection) {
    if (!connection.socket.valid()) return;
    switch (connection.state) {
      case Connection::State::asking:
        return read_some(connection);
      case Connection::State::replying:
        return write_some(connection);
      case Connection::State::draining:
        return drain(connection);
      case Connection::State::waiting:
        break;
    }
  }

  void read_some(Connection& connection) {
    std::array<char, 16384> block;
    const ssize_t count =
        uninterrupted([&] { return recv(connection.socket.get(), block.data(), block.size(), 0); });
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count <= 0) return close(connection);
    connection.in.append(block.data(), static_cast<std::size_t>(count));
    try {
      if (!connection.head && !take_head(connection)) return;
    } catch (const WebError& error) {
      return refuse(connection, error_reply(error.status(), error.what()));
    }
    const std::size_t whole = connection.head_bytes + connection.head->body_bytes;
    if (connection.in.size() < whole || connection.state != Connection::State::asking) return;
    WebRequest request{*std::move(connection.head), connection.in.substr(connection.head_bytes)};
    request.body.resize(request.head.body_bytes);  // what follows the request is not asked for
    connection.in = {};
    connection.state = Connection::State::waiting;
    const auto self = std::find_if(connections_.begin(), connections_.end(),
                                   [&](const auto& other) { return other.get() == &connection; });
    workers_.add(*self, std::move(request));
  }

  /// @return false while the head is not whole, or when its request was refused
  bool take_head(Connection& connection) {
    const std::size_t end = connection.in.find("\r\n\r\n");
    if (end == std::string::npos || end + 4 > longest_head_bytes) {
      if (connection.in.size() > longest_head_bytes)
        throw WebError(431, "the head of a request may have 16 KiB");
      return false;
    }
    connection.head_bytes = end + 4;
    connection.head = parse_head(std::string_view(connection.in).substr(0, connection.head_bytes));
    const auto refused = handlers_.check(*connection.head);
    if (refused) refuse(connection, *refused);
    return !refused;
  }

  void write_some(Connection& connection) {
    while (connection.written < connection.out.size()) {
      const ssize_t count = uninterrupted([&] {
        return send(connection.socket.get(), connection.out.data() + connection.written,
                    connection.out.size() - connection.written, MSG_NOSIGNAL);
      });
      if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
      if (count < 0) return close(connection);
      connection.written += static_cast<std::size_t>(count);
    }
    connection.out = {};
    // Closed at once, what the client still sends would reset the connection, and the reply with it.
    shutdown(connection.socket.get(), SHUT_WR);
    connection.state = Connection::State::draining;
    connection.until = Clock::now() + limits_.drain;
  }

  void drain(Connection& connection) {
    std::array<char, 16384> block;
    const ssize_t count =
        uninterrupted([&] { return recv(connection.socket.get(), block.data(), block.size(), 0); });
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) close(connection);
  }

  /// A worker that still answers it keeps the object, without its socket.
  static void close(Connection& connection) { connection.socket.close(); }

  void close_the_late() {
    const auto now = Clock::now();
    std::size_t waiting_bytes = 0;
    for (const auto& connection : connections_) {
      waiting_bytes += connection->out.size();
      if (connection->state != Connection::State::waiting && now > connection->until) close(*connection);
    }
    for (const auto& connection : connections_) {
      if (waiting_bytes <= limits_.reply_bytes) break;
      waiting_bytes -= connection->out.size();
      if (!connection->out.empty()) close(*connection);
    }
    connections_.remove_if([](const auto& connection) { return !connection->socket.valid(); });
  }

  const Listener& listener_;
  const ConnectionLimits& limits_;
  const ConnectionHandlers& handlers_;
  Connections connections_;
  std::vector<pollfd> fds_;
  std::vector<std::shared_ptr<Connection>> polled_;  ///< from fds_[2] on
  Workers workers_;
};

}  // namespace

Listener listen_on_loopback(std::uint16_t port) {
  Listener listener{Fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), 0};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  const int one = 1;
  constexpr int backlog = 128;
  if (!listener.socket.valid() ||
      setsockopt(listener.socket.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0)
    throw system_error(errno, "the page can't be served");
  if (bind(listener.socket.get(), generic, size) != 0 || ::listen(listener.socket.get(), backlog) != 0 ||
      getsockname(listener.socket.get(), generic, &size) != 0) {
    if (errno == EADDRINUSE)
      throw Error(Fault::usage,
                  fmt::format("port {} is in use: name another one, or none for a free one", port));
    throw system_error(errno, fmt::format("port {} can't be used", port));
  }
  listener.port = ntohs(address.sin_port);
  return listener;
}

void serve_connections(const Listener& listener, const ConnectionLimits& limits,
                       const ConnectionHandlers& handlers, const std::stop_token& stop) {
  Loop(listener, limits, handlers).run(stop);
}

}  // namespace echofold
