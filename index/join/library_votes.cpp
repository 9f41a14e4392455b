// Walks the postings twice, as votes.cpp does, over lists that need no search.
#include "index/join/library_votes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace echofold {
namespace {

constexpr std::uint8_t full = std::numeric_limits<std::uint8_t>::max();

}  // namespace

const std::vector<VotedTrack>& LibraryVotes::count(std::vector<KeyTable::Entry>& entries, std::size_t filed) {
  visits_ = 0;
  std::size_t long_lists = 0;
  for (const KeyTable::Entry& entry : entries) {
    visits_ += entry.list.size;
    long_lists += entry.list.size > limits_.stop_walk;
  }
  is_one_of_many_ = 2 * long_lists > entries.size();
  if (long_lists > 0 || visits_ > limits_.max_visits) choose(entries, filed - entries.size());
  gather(entries);
  count_by_track();
  collect_votes(entries);
  result_.clear();
  peaks_.find(votes_, result_);
  return result_;
}

// The rarest keys come first: they say most for their cost. The order depends on sizes and positions alone.
//
// Where that leaves out most of a track's lists, the track is one of many that are alike, and its rare keys are its
// own errors: some of the long lists are walked as well.
void LibraryVotes::choose(Walks& walks, std::size_t alone) {
  if (choose_telling(walks, alone)) return;
  std::stable_sort(walks.begin(), walks.end(), [](const KeyTable::Entry& a, const KeyTable::Entry& b) {
    return a.list.size < b.list.size;
  });
  std::size_t used = 0, cut = 0;
  visits_ = 0;
  for (KeyTable::Entry& walk : walks) {
    const bool stop = walk.list.size > limits_.stop_postings;
    if (stop || visits_ + walk.list.size > limits_.max_visits) {
      if (cut++ == limits_.min_keys) break;
      walk.list.size = std::min(walk.list.size, stop ? stop_walk_ : limits_.stop_walk);
    }
    visits_ += walk.list.size;
    ++used;
  }
  walks.resize(used);
}

// The usual case of choose(), without a sort: the number of lists of each size gives the largest size that is walked.
// Returns false, with nothing changed, where that leaves too few keys, or too few of the track's lists.
bool LibraryVotes::choose_telling(Walks& walks, std::size_t alone) {
  sizes_.assign(std::min(limits_.stop_postings, limits_.max_visits) + 1, 0);
  for (const KeyTable::Entry& walk : walks)
    if (walk.list.size < sizes_.size()) ++sizes_[walk.list.size];
  std::size_t used = 0, visits = 0, size = 1, of_last = 0;
  for (; size < sizes_.size(); ++size) {
    of_last = std::min<std::size_t>(sizes_[size], (limits_.max_visits - visits) / size);
    used += of_last;
    visits += of_last * size;
    if (of_last < sizes_[size]) break;  // only the first ones of this size, and none beyond
  }
  if (size == sizes_.size()) of_last = 0;
  if (alone + used < limits_.min_keys || 2 * used < walks.size()) return false;
  const auto is_left_out = [&](const KeyTable::Entry& walk) {
    if (walk.list.size != size) return walk.list.size > size;
    if (of_last == 0) return true;
    --of_last;
    return false;
  };
  // In order, so that the first ones of the last size stay: std::erase_if does not guarantee the order of calls.
  std::size_t kept = 0;
  for (const KeyTable::Entry& walk : walks)
    if (!is_left_out(walk)) walks[kept++] = walk;
  walks.resize(kept);
  visits_ = visits;
  return true;
}

// Lists are short and of any length, so the end of a loop over each would mostly be mispredicted: whole blocks are
// copied.
void LibraryVotes::gather(const Walks& walks) {
  constexpr std::uint32_t block = KeyTable::readable_beyond;
  if (tracks_.size() < visits_ + block) tracks_.resize(visits_ + block);
  std::uint32_t* to = tracks_.data();
  for (const KeyTable::Entry& walk : walks) {
    const std::uint32_t* from = walk.list.tracks;
    std::memcpy(to, from, block * sizeof *to);
    for (std::uint32_t i = block; i < walk.list.size; i += block)
      std::memcpy(to + i, from + i, block * sizeof *to);
    to += walk.list.size;
  }
}

void LibraryVotes::count_by_track() {
  // There are so many counters that few tracks share one: what looks like enough votes nearly always is.
  counts_.assign(std::bit_ceil(std::max<std::size_t>(visits_ * 8, 1024)), 0);
  std::uint8_t* counts = counts_.data();
  const auto mask = static_cast<std::uint32_t>(counts_.size() - 1);
  const std::uint32_t* tracks = tracks_.data();
  for (std::size_t i = 0; i < visits_; ++i) {
    std::uint8_t& count = counts[tracks[i] & mask];
    count = static_cast<std::uint8_t>(count + (count != full));
  }
  const auto enough = static_cast<std::uint8_t>(std::min<std::uint32_t>(limits_.min_votes, full));
  if (hits_.size() < visits_ + 1) hits_.resize(visits_ + 1);
  hit_count_ = 0;
  for (std::size_t i = 0; i < visits_; ++i) {
    hits_[hit_count_] = static_cast<std::uint32_t>(i);
    hit_count_ += counts[tracks[i] & mask] >= enough;
  }
}

void LibraryVotes::collect_votes(const Walks& walks) {
  votes_.clear();
  postings_.clear();
  std::size_t walk = 0, first = 0;  // of the list that holds the hit
  for (std::size_t h = 0; h < hit_count_; ++h) {
    while (hits_[h] - first >= walks[walk].list.size) first += walks[walk++].list.size;
    postings_.push_back({static_cast<std::uint32_t>(walk), static_cast<std::uint32_t>(hits_[h] - first)});
    __builtin_prefetch(walks[walk].list.positions + 3 * (hits_[h] - first));
  }
  for (std::size_t h = 0; h < hit_count_; ++h) {
    const KeyTable::Entry& entry = walks[postings_[h].walk];
    const auto there = static_cast<std::int32_t>(entry.list.position(postings_[h].at));
    votes_.push_back({tracks_[hits_[h]], there - static_cast<std::int32_t>(entry.position)});
  }
}

}  // namespace echofold
