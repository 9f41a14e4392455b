// What joining a whole library did, and how long each stage of it took.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace echofold {

/// Seconds are those of all threads together, by the wall clock: on an idle machine, CPU time.
struct JoinCost {
  double extract_s = 0;  ///< choosing the items to be filed
  double sort_s = 0;     ///< dealing their postings out to lists
  double probe_s = 0;    ///< reading a track's entries: where the list of each filed item is
  double vote_s = 0;     ///< walking lists, counting, looking for peaks
  double verify_s = 0;   ///< alignment and evidence
  std::uint64_t postings = 0;
  std::uint64_t walks = 0;           ///< lists that were walked
  std::uint64_t visits = 0;          ///< postings in them
  std::uint64_t candidates = 0;      ///< pairs with votes enough
  std::uint64_t verified = 0;        ///< pairs aligned: at most JoinSettings::max_candidates of a track
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

/// Times one task, stage after stage, and adds what it cost to a sum that tasks share.
class CostOfTask : public JoinCost {
 public:
  /// Where the costs of all tasks go.
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

  /// What passed since the last call, or since the start, was this stage.
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
