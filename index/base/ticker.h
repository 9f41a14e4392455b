// Counts the steps of a parallel stage and reports them to its Progress, never from two threads at once.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "index/base/progress.h"

namespace echofold {

class Ticker {
 public:
  /// Stores a reference to `progress`; `stage` must have static storage.
  Ticker(const Progress& progress, std::string_view stage, std::uint64_t total)
      : progress_(progress), stage_(stage), total_(total) {}

  /// Thread-safe. Reports when no other thread is reporting, and always after the last step.
  void add(std::uint64_t steps) {
    const std::uint64_t done = done_.fetch_add(steps, std::memory_order_relaxed) + steps;
    if (!progress_) return;
    std::unique_lock lock(telling_, std::defer_lock);
    if (done == total_) {
      lock.lock();
    } else if (!lock.try_lock()) {
      return;
    }
    if (done <= told_) return;
    told_ = done;
    progress_(stage_, done, total_);
  }

 private:
  const Progress& progress_;
  std::string_view stage_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> done_ = 0;
  std::mutex telling_;
  std::uint64_t told_ = 0;
};

}  // namespace echofold
