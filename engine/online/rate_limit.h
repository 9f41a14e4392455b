// How often all threads together may send requests to a service.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <vector>

namespace echofold {

/// Allows at most `requests` in any window of time, as the *service* sees them, however long each is on its way: a
/// request takes a slot when it starts and frees it one window after it ended. Thread-safe.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  RateLimit(std::size_t requests, Clock::duration window) : slots_(requests), window_(window) {}

  /// A slot. The caller holds it until the request has ended, whatever its result.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend class RateLimit;
    Turn(RateLimit& limit, std::size_t slot) : limit_(&limit), slot_(slot) {}
    RateLimit* limit_;
    std::size_t slot_;
  };

  /// Waits for a slot. @throws Error Fault::interrupted at once when `stop` is requested
  Turn take(const std::stop_token& stop);

  /// Lets no thread start a request before this much time has passed.
  void pause(Clock::duration time);

 private:
  struct Slot {
    bool taken = false;
    Clock::time_point free_at{};
  };
  void give_back(std::size_t slot) noexcept;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Slot> slots_;
  Clock::duration window_;
  Clock::time_point paused_until_{};
};

/// Waits. @throws Error Fault::interrupted at once when `stop` is requested
void wait_or_stop(std::chrono::steady_clock::duration time, const std::stop_token& stop);

}  // namespace echofold
