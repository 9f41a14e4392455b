// Repeatedly takes a rename that no other file blocks.
#include "engine/order/rename_order.h"

#include <set>
#include <unordered_map>

#include "index/base/text/folding.h"

namespace echofold {
namespace {

class Order {
 public:
  explicit Order(std::vector<Rename>& renames) : renames_(renames), waiting_for_(renames.size(), 0) {
    std::unordered_multimap<std::string, std::size_t> at;
    for (std::size_t i = 0; i < renames.size(); ++i) at.emplace(folded(renames[i].from), i);
    waiters_.resize(renames.size());
    for (std::size_t i = 0; i < renames.size(); ++i) {
      const auto [first, last] = at.equal_range(folded(renames[i].to));
      for (auto other = first; other != last; ++other)
        if (other->second != i) {
          waiters_[other->second].push_back(i);
          ++waiting_for_[i];
        }
      (waiting_for_[i] == 0 ? ready_ : blocked_).insert(i);
    }
  }

  std::vector<RenameTurn> turns(const std::function<std::string(const std::string& path)>& free_name) {
    while (!ready_.empty() || !blocked_.empty()) {
      const bool ring = ready_.empty();
      const std::size_t next = ring ? first_in_a_ring() : *ready_.begin();
      if (ring) {
        renames_[next].via = free_name(renames_[next].from);
      } else {
        ready_.erase(next);
      }
      turns_.push_back({next, ring});
      vacate(next);
    }
    return std::move(turns_);
  }

 private:
  /// If none is ready, every file that blocks another one is blocked itself. Any file that still has its old name
  /// will do.
  std::size_t first_in_a_ring() const {
    for (const std::size_t i : blocked_)
      if (!vacated_.contains(i) && !waiters_[i].empty()) return i;
    return *blocked_.begin();
  }

  void vacate(std::size_t which) {
    if (!vacated_.insert(which).second) return;
    for (const std::size_t waiter : waiters_[which])
      if (--waiting_for_[waiter] == 0) {
        blocked_.erase(waiter);
        ready_.insert(waiter);
      }
  }

  std::vector<Rename>& renames_;
  std::vector<std::size_t> waiting_for_;           // how many files must leave first
  std::vector<std::vector<std::size_t>> waiters_;  // which files wait for this one
  std::set<std::size_t> ready_, blocked_, vacated_;
  std::vector<RenameTurn> turns_;
};

}  // namespace

std::vector<RenameTurn> order_of(std::vector<Rename>& renames,
                                 const std::function<std::string(const std::string& path)>& free_name) {
  return Order(renames).turns(free_name);
}

}  // namespace echofold
