// The one door to oneTBB: loops, a pipeline, and what each thread has for itself.
//
// Debian builds oneTBB without ThreadSanitizer, which therefore does not see that what comes before a loop happens
// before its turns, and those before what comes after it. Here it is told so, and of nothing more: between two turns
// of a loop there is no order, and it finds what they share.
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace echofold {

/// What one thread did before give() happens before what another does after a take() that follows it. The order
/// itself is oneTBB's doing; this only tells ThreadSanitizer.
class HandOver {
 public:
#ifdef __SANITIZE_THREAD__
  void give() noexcept { __tsan_release(this); }
  void take() noexcept { __tsan_acquire(this); }
#else
  void give() noexcept {}
  void take() noexcept {}
#endif
};

/// One turn of work between two hand-overs, however it ends.
class Turn {
 public:
  Turn(HandOver& before, HandOver& after) noexcept : after_(after) { before.take(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { after_.give(); }

 private:
  HandOver& after_;
};

/// What a group of turns starts from and what its caller goes on with, also when one of them throws.
struct Fork {
  Fork() noexcept { start.give(); }
  Fork(const Fork&) = delete;
  Fork& operator=(const Fork&) = delete;
  ~Fork() { end.take(); }

  HandOver start, end;
};

/// body(i) for each i below `count`, in no order, on the threads of the calling arena. Returns when all have ended;
/// throws what one of them threw, and begins no further ones then.
template <class Body>
void parallel_for(std::size_t count, const Body& body) {
  Fork fork;
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    const Turn turn(fork.start, fork.end);
    body(i);
  });
}

/// body(begin, end) for ranges that cover [0, count) once; those of fewer than `grain` numbers (at least 1) are not
/// parted further. Else as parallel_for.
template <class Body>
void parallel_for_ranges(std::size_t count, std::size_t grain, const Body& body) {
  Fork fork;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain), [&](const auto& range) {
    const Turn turn(fork.start, fork.end);
    body(range.begin(), range.end());
  });
}

/// Both at once, where there are two threads. Returns when both have ended.
template <class One, class Other>
void parallel_invoke(const One& one, const Other& other) {
  Fork fork;
  tbb::parallel_invoke(
      [&] {
        const Turn turn(fork.start, fork.end);
        one();
      },
      [&] {
        const Turn turn(fork.start, fork.end);
        other();
      });
}

/// take() gives one thing after the other, as std::optional, and nothing at the end; work() makes something of each,
/// many at a time; write() gets what was made, one at a time and in the order in which take() gave them. At most
/// `under_way` (at least 1) things are between take() and the end of write().
/// Throws what one of the three threw; nothing is taken or written after that.
template <class Take, class Work, class Write>
void parallel_pipeline(std::size_t under_way, const Take& take, const Work& work, const Write& write) {
  using In = typename std::invoke_result_t<const Take&>::value_type;
  using Out = std::invoke_result_t<const Work&, In>;
  struct Slot {
    std::optional<In> in;
    std::optional<Out> out;
    HandOver next;  // from stage to stage, and to the thing after the next `under_way`
  };
  // Things are written in order, so that the one `under_way` places before has left its slot.
  std::vector<Slot> slots(under_way);
  HandOver takes, writes;
  Fork fork;
  std::size_t taken = 0;

  const auto stage = [&](Slot& slot, const auto& body) {
    const Turn in_slot(slot.next, slot.next);
    const Turn in_all(fork.start, fork.end);
    return body();
  };
  const auto first = [&](tbb::flow_control& flow) {
    const Turn one_at_a_time(takes, takes);
    const std::size_t number = taken;
    Slot& slot = slots[number % under_way];
    if (stage(slot, [&] { return (slot.in = take()).has_value(); }))
      ++taken;
    else
      flow.stop();
    return number;
  };
  const auto second = [&](std::size_t number) {
    Slot& slot = slots[number % under_way];
    stage(slot, [&] { slot.out.emplace(work(*std::move(slot.in))); });
    return number;
  };
  const auto last = [&](std::size_t number) {
    const Turn one_at_a_time(writes, writes);
    Slot& slot = slots[number % under_way];
    stage(slot, [&] {
      write(*std::move(slot.out));
      slot.out.reset();
    });
  };
  tbb::parallel_pipeline(under_way,
                         tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, first) &
                             tbb::make_filter<std::size_t, std::size_t>(tbb::filter_mode::parallel, second) &
                             tbb::make_filter<std::size_t, void>(tbb::filter_mode::serial_in_order, last));
}

/// A value for each thread that asks, made when it first does. Behind the loop, all that were made: in no order.
template <class Value>
class PerThread {
 public:
  PerThread() = default;
  /// @param make  gives the values; may be called by several threads at once
  template <class Make>
  requires std::is_invocable_r_v<Value, const Make&>
  explicit PerThread(const Make& make) : values_(make) {}

  Value& local() { return values_.local(); }
  void clear() { values_.clear(); }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }

 private:
  tbb::enumerable_thread_specific<Value> values_;
};

/// As many threads as loops have here, at least 1.
inline std::size_t parallelism() { return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()); }

/// While it lives, loops have at most so many threads.
class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads)
      : control_(tbb::global_control::max_allowed_parallelism, threads) {}

 private:
  tbb::global_control control_;
};

}  // namespace echofold
