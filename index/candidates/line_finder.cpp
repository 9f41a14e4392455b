// Counts votes at speeds from -8 to +8 %.
//
// At the right speed, all true votes meet in three neighbouring offsets. Steps of .25 % leave .6 items at the ends of two
// minutes. That makes 65 counts, and nearly all pairs of tracks share their keys by chance. So eight speeds at a time are
// looked at together first, in bins of 16 offsets: few pairs go on from there.
#include "index/candidates/line_finder.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace echofold {
namespace {

constexpr int speed_steps = 32;  // to each side
constexpr int group_steps = 8;   // speeds that are looked at together
constexpr double speed_step = 0.0025;
constexpr std::uint32_t sure_votes = 24;  // not by chance

/// Whether a small step leads from one line to the other, as refined() takes it.
bool are_near(const VotedLine& x, const VotedLine& y) noexcept {
  constexpr double early = LineFinder::most_items / 8.0, late = LineFinder::most_items * 3 / 4.0, most = 5;
  const auto apart = [&](double at) { return std::abs(x.start + x.speed * at - y.start - y.speed * at); };
  return apart(early) <= most && apart(late) <= most;
}

}  // namespace

std::vector<VotedLine> LineFinder::find(std::span<const SharedKey> shared) {
  constexpr int last_group = speed_steps / group_steps;
  VotedLine level;
  all_.clear();
  if (may_have_line(shared, 0)) {
    level = best_at(shared, 0);
    add_group(shared, 0, level);
  }
  // Of two copies of one speed, or nearly, the right line is not far.
  if (level.votes <= shared.size() / 2)
    for (int group = -last_group; group <= last_group; ++group)
      if (group != 0 && may_have_line(shared, group)) add_group(shared, group, level);
  std::sort(all_.begin(), all_.end(), [](const VotedLine& x, const VotedLine& y) {
    return std::tuple(y.votes, std::abs(x.speed - 1), x.speed) <
           std::tuple(x.votes, std::abs(y.speed - 1), y.speed);
  });
  std::vector<VotedLine> lines;
  if (all_.empty() || (all_.front().speed == 1 && level.votes >= sure_votes)) return lines;
  for (const VotedLine& line : all_) {
    if (line.speed == 1) continue;
    if (line.votes < min_votes_ || lines.size() == most_) break;
    if (std::none_of(lines.begin(), lines.end(),
                     [&](const VotedLine& other) { return are_near(line, other); }))
      lines.push_back(line);
  }
  return lines;
}

/// Whether a line of one of the speeds of a group may have enough votes. Counted around the middle of two minutes: a
/// line stays within 5 items of the group's own speed, so two neighbouring bins of 16 hold it.
bool LineFinder::may_have_line(std::span<const SharedKey> shared, int group) {
  constexpr std::int32_t middle = most_items / 2, bias = most_items;
  constexpr double one = 65536;
  const auto step = static_cast<std::int32_t>((1 + group * group_steps * speed_step) * one);
  starts_.clear();
  for (const SharedKey& key : shared) {
    const std::int32_t place =
        ((std::int32_t{key.there} << 16) - step * (std::int32_t{key.here} - middle) + (1 << 15)) >> 16;
    starts_.push_back((place + bias) >> 4);
    ++bins_[static_cast<std::size_t>(starts_.back())];
  }
  bool enough = false;
  for (const std::int32_t bin : starts_) {
    const auto at = static_cast<std::size_t>(bin);
    enough = enough || std::uint32_t{bins_[at]} + bins_[at + 1] >= min_votes_ ||
             std::uint32_t{bins_[at]} + bins_[at - 1] >= min_votes_;
  }
  for (const std::int32_t bin : starts_) bins_[static_cast<std::size_t>(bin)] = 0;
  return enough;
}

void LineFinder::add_group(std::span<const SharedKey> shared, int group, const VotedLine& level) {
  const int first = std::max(-speed_steps, group * group_steps - group_steps / 2),
            last = std::min(speed_steps, group * group_steps + group_steps / 2 - 1);
  for (int step = first; step <= last; ++step) all_.push_back(step == 0 ? level : best_at(shared, step));
}

/// The offset with the most votes, its neighbours included; the lowest one of equals.
VotedLine LineFinder::best_at(std::span<const SharedKey> shared, int steps) {
  constexpr double one = 65536;
  const double speed = 1 + steps * speed_step;
  const auto step = static_cast<std::int32_t>(speed * one);
  starts_.clear();
  VotedLine best{0, 0, speed};
  for (const SharedKey& key : shared) {
    const std::int32_t start =
        ((std::int32_t{key.there} << 16) - step * std::int32_t{key.here} + (1 << 15)) >> 16;
    starts_.push_back(start);
    ++counts_[static_cast<std::size_t>(start - lowest)];
  }
  for (const std::int32_t start : starts_) {
    const auto at = static_cast<std::size_t>(start - lowest);
    const auto votes = std::uint32_t{counts_[at - 1]} + counts_[at] + counts_[at + 1];
    if (votes > best.votes || (votes == best.votes && start < best.start)) best = {votes, start, speed};
  }
  for (const std::int32_t start : starts_) counts_[static_cast<std::size_t>(start - lowest)] = 0;
  return best;
}

}  // namespace echofold
