// Finds the lines on which the keys that two tracks share lie: those of two copies of which one plays faster.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace echofold {

/// `position there = start + speed * position here` is where many keys agree.
struct VotedLine {
  std::uint32_t votes = 0;
  std::int32_t start = 0;
  double speed = 1;
};

/// A key that both tracks have.
struct SharedKey {
  std::uint16_t probe, here, there;

  std::int32_t offset() const noexcept { return std::int32_t{there} - std::int32_t{here}; }
};

/// The lines on which shared keys lie. Keeps its memory between calls. Not thread-safe: each thread needs its own.
class LineFinder {
 public:
  static constexpr std::size_t most_items = 1024;  ///< positions are below it: two minutes

  /// @param min_votes  of a line, at three neighbouring offsets
  /// @param most       lines of one pair
  LineFinder(std::uint32_t min_votes, std::uint32_t most) : min_votes_(min_votes), most_(most) {}

  /// @param shared  of one pair of tracks
  /// @return        best first; at the same place, only the best one. Nothing if the best surely has the speed 1
  std::vector<VotedLine> find(std::span<const SharedKey> shared);

 private:
  static constexpr std::int32_t lowest = -static_cast<std::int32_t>(2 * most_items);

  bool may_have_line(std::span<const SharedKey> shared, int group);
  void add_group(std::span<const SharedKey> shared, int group, const VotedLine& level);
  VotedLine best_at(std::span<const SharedKey> shared, int steps);

  std::uint32_t min_votes_, most_;
  std::array<std::uint16_t, 4 * most_items> counts_{};
  std::array<std::uint16_t, 4 * most_items / 16> bins_{};
  std::vector<std::int32_t> starts_;
  std::vector<VotedLine> all_;
};

}  // namespace echofold
