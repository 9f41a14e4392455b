// The cost of joining a whole library: what was done, and how long each stage took.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace echofold {

/// Seconds are wall-clock time, summed over all threads: on an otherwise idle machine, this is CPU time.
struct JoinCost {
  double extract_s = 0;  ///< choosing the items to be filed
  double sort_s = 0;     ///< distributing their postings to lists
  double probe_s = 0;    ///< reading a track's entries, which say where the list of each filed item is
  double vote_s = 0;     ///< walking lists, counting, finding peaks
  double verify_s = 0;   ///< alignment and evidence
  std::uint64_t postings = 0;
  std::uint64_t walks = 0;           ///< lists that were walked
  std::uint64_t visits = 0;          ///< postings in them
  std::uint64_t candidates = 0;      ///< pairs with enough votes
  std::uint64_t verified = 0;        ///< pairs aligned, at most JoinSettings::max_candidates per track
  std::uint64_t items_compared = 0;  ///< pairs of items at the offered offsets and their neighbours

  void add(const JoinCost& other) noexcept {
    extract_s += other.extract_s;
    sort_s += other.sort_s;
    probe_s += other.probe_s;
    vote_s += other.vote_s;
    verify_s += other.verify_s;
    postings += other.postings;
    walks += other.walks;
    visits += other.visits;
    candidates += other.candidates;
    verified += other.verified;
    items_compared += other.items_compared;
  }
};

/// Times one task, stage after stage, and adds its cost to a sum that tasks share.
class CostOfTask : public JoinCost {
 public:
  /// The sum of the costs of all tasks.
  struct Sum {
    JoinCost cost;
    std::mutex guard;
  };
  explicit CostOfTask(Sum& sum) : sum_(sum) {}
  ~CostOfTask() {
    const std::lock_guard lock(sum_.guard);
    sum_.cost.add(*this);
  }
  CostOfTask(const CostOfTask&) = delete;
  CostOfTask& operator=(const CostOfTask&) = delete;

  /// Counts the time since the last call, or since the start, as this stage.
  void end(double JoinCost::*stage) noexcept {
    const Clock::time_point now = Clock::now();
    this->*stage += std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Sum& sum_;
  Clock::time_point last_ = Clock::now();
};

}  // namespace echofold
