// Implements index/base/parallel.h with oneTBB.
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "index/base/parallel.h"

namespace echofold {

template <class Body>
void parallel_for(std::size_t count, const Body& body) {
  tbb::parallel_for(std::size_t{0}, count, body);
}

template <class Body>
void parallel_for_ranges(std::size_t count, std::size_t grain, const Body& body) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain),
                    [&](const auto& range) { body(range.begin(), range.end()); });
}

template <class One, class Other>
void parallel_invoke(const One& one, const Other& other) {
  tbb::parallel_invoke(one, other);
}

// Only numbers go through oneTBB's buffers, which need types with a default constructor. The values are in slots. They
// are written in order, so when a slot is used again, its last value, `under_way` numbers before, has been written.
template <class Take, class Work, class Write>
void parallel_pipeline(std::size_t under_way, const Take& take, const Work& work, const Write& write) {
  using In = std::invoke_result_t<const Take&>;
  using Out = std::invoke_result_t<const Work&, typename In::value_type>;
  struct Slot {
    In in;
    std::optional<Out> out;
  };
  std::vector<Slot> slots(under_way);
  const auto slot_of = [&](std::size_t number) -> Slot& { return slots[number % under_way]; };
  std::size_t taken = 0;

  const auto first = [&](tbb::flow_control& flow) {
    In& in = slot_of(taken).in;
    in = take();
    if (!in) flow.stop();
    return taken++;
  };
  const auto second = [&](std::size_t number) {
    Slot& slot = slot_of(number);
    slot.out.emplace(work(*std::move(slot.in)));
    return number;
  };
  const auto last = [&](std::size_t number) {
    Slot& slot = slot_of(number);
    write(*std::move(slot.out));
    slot = {};
  };
  tbb::parallel_pipeline(under_way,
                         tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, first) &
                             tbb::make_filter<std::size_t, std::size_t>(tbb::filter_mode::parallel, second) &
                             tbb::make_filter<std::size_t, void>(tbb::filter_mode::serial_in_order, last));
}

template <class Value>
class PerThread {
 public:
  PerThread() = default;
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

inline std::size_t parallelism() { return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()); }

class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads)
      : control_(tbb::global_control::max_allowed_parallelism, threads) {}

 private:
  tbb::global_control control_;
};

}  // namespace echofold
