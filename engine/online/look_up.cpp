// As many threads as the service accepts requests a second: more would only wait.
#include "engine/online/look_up.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace echofold {
namespace {

constexpr std::size_t most_threads = 3;

class Run {
 public:
  Run(AcoustidClient& client, std::span<const LookupRequest> requests,
      const std::function<void(std::size_t)>& on_done, const std::stop_token& stop)
      : client_(client),
        requests_(requests),
        on_done_(on_done),
        forward_(stop, [this] { ended_.request_stop(); }) {
    out_.outcomes.resize(requests.size());
  }

  void work() noexcept {
    for (std::size_t i = next_++; i < requests_.size() && !ended_.stop_requested(); i = next_++) try {
        one(i);
        const std::lock_guard lock(mutex_);
        if (on_done_) on_done_(++done_);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!thrown_) thrown_ = std::current_exception();
        ended_.request_stop();
      }
  }

  Lookups result(const std::stop_token& stop) {
    if (thrown_) std::rethrow_exception(thrown_);
    out_.interrupted = stop.stop_requested();
    return std::move(out_);
  }

 private:
  void one(std::size_t i) {
    LookupOutcome& outcome = out_.outcomes[i];
    try {
      outcome.answer = client_.lookup(requests_[i].fingerprint, requests_[i].duration_s, ended_.get_token());
    } catch (const Error& e) {
      if (e.fault() == Fault::interrupted) return;
      if (e.fault() != Fault::unsupported && e.fault() != Fault::io) throw;
      outcome.failure = e;
      if (e.fault() == Fault::unsupported) return;
      const std::lock_guard lock(mutex_);
      if (!out_.given_up) out_.given_up = e;
      ended_.request_stop();
    }
  }

  AcoustidClient& client_;
  std::span<const LookupRequest> requests_;
  const std::function<void(std::size_t)>& on_done_;
  std::stop_source ended_;
  std::stop_callback<std::function<void()>> forward_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::exception_ptr thrown_;
  Lookups out_;
};

}  // namespace

Lookups look_up(AcoustidClient& client, std::span<const LookupRequest> requests,
                const std::function<void(std::size_t)>& on_done, const std::stop_token& stop) {
  Run run(client, requests, on_done, stop);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = std::min(most_threads, requests.size()); i > 0; --i)
      threads.emplace_back([&run] { run.work(); });
  }
  return run.result(stop);
}

}  // namespace echofold
