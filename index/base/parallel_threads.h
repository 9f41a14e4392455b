// Implements index/base/parallel.h with plain threads, which are slow, but visible to ThreadSanitizer. The turns of a
// loop share only counters without an order (memory_order_relaxed), so that races between the turns are found.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "index/base/parallel.h"

namespace echofold {

namespace plain {

inline constexpr std::size_t most_threads = 16;
inline std::atomic<std::size_t> limit = 4;  // also on fewer cores: more races are found

/// The number of this thread in its loop. A loop inside a loop runs on the one thread that calls it.
inline thread_local std::size_t worker = 0;
inline thread_local bool inside = false;

/// The first exception that was thrown, if any.
class Failure {
 public:
  bool any() const noexcept { return any_.load(std::memory_order_relaxed); }
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }
  template <class Body>
  void keep(const Body& body) noexcept {
    try {
      body();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_) first_ = std::current_exception();
      any_.store(true, std::memory_order_relaxed);
    }
  }

 private:
  std::atomic<bool> any_ = false;
  std::mutex mutex_;
  std::exception_ptr first_;
};

/// Calls body() on each of at most `most` threads, one of which is the caller's.
template <class Body>
void on_threads(std::size_t most, const Body& body) {
  const std::size_t count = inside ? 1 : std::min(most, limit.load());
  Failure failure;  // of bodies that do not catch their own
  const auto run = [&](std::size_t number) {
    const std::size_t outer = std::exchange(worker, inside ? worker : number);
    const bool outer_inside = std::exchange(inside, true);
    failure.keep(body);
    worker = outer, inside = outer_inside;
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back(run, i);
  run(0);
  for (std::thread& thread : threads) thread.join();
  failure.rethrow();
}

}  // namespace plain

template <class Body>
void parallel_for(std::size_t count, const Body& body) {
  parallel_for_ranges(count, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) body(i);
  });
}

template <class Body>
void parallel_for_ranges(std::size_t count, std::size_t grain, const Body& body) {
  std::atomic<std::size_t> next = 0;
  plain::Failure failure;
  plain::on_threads((count + grain - 1) / grain, [&] {
    while (!failure.any()) {
      const std::size_t begin = next.fetch_add(grain, std::memory_order_relaxed);
      if (begin >= count) return;
      failure.keep([&] { body(begin, std::min(count, begin + grain)); });
    }
  });
  failure.rethrow();
}

template <class One, class Other>
void parallel_invoke(const One& one, const Other& other) {
  parallel_for(2, [&](std::size_t i) { i == 0 ? one() : other(); });
}

/// Each thread takes an input, works on it, waits until all before it are written, and writes it.
template <class Take, class Work, class Write>
void parallel_pipeline(std::size_t under_way, const Take& take, const Work& work, const Write& write) {
  std::mutex taking, writing;
  std::condition_variable was_written;
  std::size_t taken = 0, written = 0;
  plain::Failure failure;
  const auto one_thing = [&] {
    std::unique_lock take_lock(taking);
    if (failure.any()) return false;
    auto thing = take();
    if (!thing) return false;
    const std::size_t number = taken++;
    take_lock.unlock();
    auto made = work(*std::move(thing));
    std::unique_lock write_lock(writing);
    was_written.wait(write_lock, [&] { return written == number || failure.any(); });
    if (failure.any()) return false;
    write(std::move(made));
    ++written;
    was_written.notify_all();
    return true;
  };
  plain::on_threads(under_way, [&] {
    failure.keep([&] {
      while (one_thing()) {
      }
    });
    const std::lock_guard lock(writing);  // now no thread is between its look at `failure` and its wait
    was_written.notify_all();
  });
  failure.rethrow();
}

template <class Value>
class PerThread {
 public:
  PerThread() : PerThread([] { return Value(); }) {}
  template <class Make>
  requires std::is_invocable_r_v<Value, const Make&>
  explicit PerThread(const Make& make) : make_(make), values_(plain::most_threads) {}

  Value& local() {
    std::unique_ptr<Value>& value = values_[plain::worker];
    if (!value) value.reset(new Value(make_()));
    return *value;
  }
  void clear() {
    for (std::unique_ptr<Value>& value : values_) value.reset();
  }
  auto begin() { return Iterator{values_.begin(), values_.end()}.next_made(); }
  auto end() { return Iterator{values_.end(), values_.end()}; }

 private:
  using Values = std::vector<std::unique_ptr<Value>>;
  struct Iterator {
    typename Values::iterator at, end;
    Value& operator*() const { return **at; }
    Iterator& operator++() {
      ++at;
      return next_made();
    }
    Iterator& next_made() {
      while (at != end && !*at) ++at;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };

  std::function<Value()> make_;
  Values values_;  // by worker
};

inline std::size_t parallelism() { return plain::limit; }

class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads)
      : before_(plain::limit.exchange(std::clamp<std::size_t>(threads, 1, plain::most_threads))) {}
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;
  ~ThreadLimit() { plain::limit = before_; }

 private:
  std::size_t before_;
};

}  // namespace echofold
