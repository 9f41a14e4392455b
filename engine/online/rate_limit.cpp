// A slot is free again one window after its request ended. So of any four requests in three slots, the last one
// starts at least one window after another one reached the service.
#include "engine/online/rate_limit.h"

#include <algorithm>
#include <utility>

#include "index/base/error.h"

namespace echofold {
namespace {

Error interrupted() { return {Fault::interrupted, "stopped on request"}; }

}  // namespace

RateLimit::Turn::Turn(Turn&& other) noexcept
    : limit_(std::exchange(other.limit_, nullptr)), slot_(other.slot_) {}

RateLimit::Turn::~Turn() {
  if (limit_ != nullptr) limit_->give_back(slot_);
}

RateLimit::Turn RateLimit::take(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    // The free slot that is available first. If none is free, wait until a request ends.
    auto best = slots_.end();
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot)
      if (!slot->taken && (best == slots_.end() || slot->free_at < best->free_at)) best = slot;
    if (best == slots_.end()) {
      changed_.wait(lock, stop, [&] {
        return std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return !slot.taken; });
      });
      continue;
    }
    const auto start = std::max(best->free_at, paused_until_);
    if (start <= Clock::now()) {
      best->taken = true;
      return {*this, static_cast<std::size_t>(best - slots_.begin())};
    }
    changed_.wait_until(lock, stop, start, [] { return false; });
  }
  throw interrupted();
}

void RateLimit::pause(Clock::duration time) {
  const std::lock_guard lock(mutex_);
  paused_until_ = std::max(paused_until_, Clock::now() + time);
}

void RateLimit::give_back(std::size_t slot) noexcept {
  const std::lock_guard lock(mutex_);
  slots_[slot] = {false, Clock::now() + window_};
  changed_.notify_all();
}

void wait_or_stop(std::chrono::steady_clock::duration time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  if (stop.stop_requested()) throw interrupted();
}

}  // namespace echofold
