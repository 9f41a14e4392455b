// A local server that follows AcoustID's protocol, or breaks it.
#pragma once

#include <httplib.h>

#include <chrono>
#include <functional>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"

namespace echofold::test {

/// An answer as a file of tests/engine/online/data.
inline std::string recorded(const std::string& name) {
  const auto file = source_tree() / "tests/engine/online/data" / (name + ".json");
  return read_file(file);
}

class AcoustidServer {
 public:
  struct Request {
    std::chrono::steady_clock::time_point at;
    int port = 0;  ///< of the client: one for each connection
    std::string encoding, content_type;
    httplib::Params form;
    std::string value(const std::string& name) const {
      const auto found = form.find(name);
      return found == form.end() ? std::string() : found->second;
    }
  };
  /// @param number  of the request, from 1
  using Reply = std::function<void(const Request& request, std::size_t number, httplib::Response& response)>;

  explicit AcoustidServer(Reply reply) : reply_(std::move(reply)) {
    server_.set_keep_alive_max_count(10'000);
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    server_.new_task_queue = [] { return new httplib::ThreadPool(8); };
    server_.Post("/v2/lookup", [this](const httplib::Request& http, httplib::Response& response) {
      Request request{std::chrono::steady_clock::now(), http.remote_port,
                      http.get_header_value("Content-Encoding"), http.get_header_value("Content-Type"),
                      http.params};
      std::size_t number = 0;
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        number = requests_.size();
      }
      reply_(request, number, response);
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~AcoustidServer() {
    server_.stop();
    thread_.join();
  }
  AcoustidServer(const AcoustidServer&) = delete;
  AcoustidServer& operator=(const AcoustidServer&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v2/lookup"; }
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  Reply reply_;
  httplib::Server server_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  int port_ = 0;
  std::thread thread_;
};

inline void say(httplib::Response& response, const std::string& json, int status = 200) {
  response.status = status;
  response.set_content(json, "application/json");
}

inline void say_error(httplib::Response& response, int code, const std::string& message, int status = 400) {
  say(response,
      R"({"status":"error","error":{"code":)" + std::to_string(code) + R"(,"message":")" + message + "\"}}",
      status);
}

/// Announces a length, sends less and closes the connection.
inline void cut_off(httplib::Response& response) {
  response.set_content_provider(5000, "application/json",
                                [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                  sink.write(R"({"status":"ok","res)", 19);
                                  return false;
                                });
}

}  // namespace echofold::test
