// The two walks of votes.cpp over lists that need no search.
#include "index/library_votes.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace echofold {
namespace {

constexpr std::uint8_t full = std::numeric_limits<std::uint8_t>::max();

}  // namespace

const std::vector<VotedTrack>& LibraryVotes::count(std::uint32_t number, Items items) {
  look_up(items);
  if (visits_ > limits_.max_visits || std::any_of(walks_.begin(), walks_.end(), [&](const Walk& walk) {
        return walk.list.size > limits_.stop_postings;
      }))
    choose_walks();
  count_by_track(number);
  collect_votes();
  result_.clear();
  peaks_.find(votes_, result_);
  return result_;
}

// In rounds over all keys, so that the waits for memory overlap.
void LibraryVotes::look_up(Items items) {
  filed_items(items, table_.keys(), filed_);
  for (const FiledItem& filed : filed_) table_.prefetch(table_.slot_of(filed.key));
  walks_.clear();
  visits_ = 0;
  for (const FiledItem& filed : filed_) {
    const KeyTable::List list = table_.list(table_.slot_of(filed.key));
    if (list.size < 2) continue;  // the track itself
    __builtin_prefetch(list.tracks);
    walks_.push_back({list, filed.position});
    visits_ += list.size;
  }
}

// Rarest keys first: they say most for what they cost. The order depends on sizes and positions alone.
//
// Where most keys are stop keys, the track is one of many clones (or silence), and its rare keys are its own
// errors: then stop keys are walked beside them, not only in their place.
void LibraryVotes::choose_walks() {
  const auto stops = std::count_if(walks_.begin(), walks_.end(),
                                   [&](const Walk& walk) { return walk.list.size > limits_.stop_postings; });
  const bool is_clone = 2 * static_cast<std::size_t>(stops) > walks_.size();
  if (!is_clone && choose_telling()) return;
  std::stable_sort(walks_.begin(), walks_.end(),
                   [](const Walk& a, const Walk& b) { return a.list.size < b.list.size; });
  std::size_t used = 0, cut = 0;
  visits_ = 0;
  for (Walk& walk : walks_) {
    const bool telling =
        walk.list.size <= limits_.stop_postings && visits_ + walk.list.size <= limits_.max_visits;
    if (!telling && (is_clone ? cut : used) >= limits_.min_keys) break;
    if (!telling) {
      walk.list.size = std::min(walk.list.size, limits_.stop_walk);
      ++cut;
    }
    visits_ += walk.list.size;
    ++used;
  }
  walks_.resize(used);
}

// The usual case of choose_walks without a sort: how large lists may be follows from how many there are of
// each size. False, with nothing changed, where that leaves too few keys.
bool LibraryVotes::choose_telling() {
  sizes_.assign(limits_.stop_postings + 1, 0);
  for (const Walk& walk : walks_)
    if (walk.list.size <= limits_.stop_postings) ++sizes_[walk.list.size];
  std::size_t used = 0, visits = 0, size = 1, of_last = 0;
  for (; size < sizes_.size(); ++size) {
    of_last = std::min<std::size_t>(sizes_[size], (limits_.max_visits - visits) / size);
    used += of_last;
    visits += of_last * size;
    if (of_last < sizes_[size]) break;  // only the first ones of this size, and none beyond
  }
  if (size == sizes_.size()) of_last = 0;
  if (used < limits_.min_keys) return false;
  const auto is_left_out = [&](const Walk& walk) {
    if (walk.list.size != size) return walk.list.size > size;
    if (of_last == 0) return true;
    --of_last;
    return false;
  };
  // In order, so that it is the first ones that stay: std::erase_if does not promise that.
  std::size_t kept = 0;
  for (const Walk& walk : walks_)
    if (!is_left_out(walk)) walks_[kept++] = walk;
  walks_.resize(kept);
  visits_ = visits;
  return true;
}

void LibraryVotes::count_by_track(std::uint32_t end) {
  counts_.assign(std::bit_ceil(std::max<std::size_t>(visits_ * 2, 1024)), 0);
  std::uint8_t* counts = counts_.data();
  const auto mask = static_cast<std::uint32_t>(counts_.size() - 1);
  for (Walk& walk : walks_) {
    std::uint32_t i = 0;
    for (; i < walk.list.size; ++i) {
      const std::uint32_t track = walk.list.tracks[i];
      if (track >= end) break;  // they ascend
      std::uint8_t& count = counts[track & mask];
      count = static_cast<std::uint8_t>(count + (count != full));
    }
    walk.list.size = i;
  }
}

void LibraryVotes::collect_votes() {
  const auto enough = static_cast<std::uint8_t>(std::min<std::uint32_t>(limits_.min_votes, full));
  const std::uint8_t* counts = counts_.data();
  const auto mask = static_cast<std::uint32_t>(counts_.size() - 1);
  votes_.clear();
  for (const Walk& walk : walks_)
    for (std::uint32_t i = 0; i < walk.list.size; ++i) {
      const std::uint32_t track = walk.list.tracks[i];
      if (counts[track & mask] < enough) continue;
      const auto there = static_cast<std::int32_t>(walk.list.position(i));
      votes_.push_back({track, there - static_cast<std::int32_t>(walk.position)});
    }
}

}  // namespace echofold
