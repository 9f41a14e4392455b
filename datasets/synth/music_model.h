// A small model of how the fingerprints of music change, learnt from real ones.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <vector>

#include "datasets/synth/random.h"
#include "index/model/fingerprint.h"

namespace echofold::synth {

/// An item is 16 symbols of 2 bits, one for each of Chromaprint's classifiers. A symbol is drawn from its own value
/// in the item before and from the old and the new value of one other symbol, its parent: a Markov chain over a
/// Chow-Liu tree (the tree with the most mutual information). Each style has its own tables. Styles are the real
/// tracks sorted by how much they change, split into parts of equal size, so that sparse music and runs of equal
/// items are reproduced.
///
/// Such a chain spreads its items too evenly: real tracks share far more long keys. So every now and then a track
/// moves, in a few steps, to one of `shared_items` items that all tracks know, some more common than others, and
/// continues from there. How often, and how many there are, was chosen so that collisions agree with those of real
/// music at widths of 20 to 32 bits (datasets/README.md).
class MusicModel {
 public:
  static constexpr int symbols = 16;
  static constexpr std::uint32_t shared_items = 1u << 16;
  static constexpr std::uint32_t shared_every = 16;  ///< items, on average

  /// @param tracks  of real music; silence is left out
  static MusicModel learn(const std::vector<std::vector<Item>>& tracks, int styles);

  /// @throws Error  Fault::damaged if `in` is not a model
  static MusicModel load(std::istream& in);
  void save(std::ostream& out) const;

  std::uint32_t style_count() const noexcept { return static_cast<std::uint32_t>(styles_.size()); }

  /// Appends `count` items of one style. The same state of `random` gives the same items.
  void append(std::vector<Item>& to, std::size_t count, std::uint32_t style, Random& random) const;

 private:
  /// Out of 2^16: how often a symbol is 0, at most 1, at most 2.
  using Thresholds = std::array<std::uint16_t, 3>;
  static constexpr std::size_t contexts = 4 * 4 * 4;  // own before, parent's before, parent's now
  using Style = std::array<std::array<Thresholds, contexts>, symbols>;

  Item next(Item before, const Style& style, Random& random) const;
  void make_shared();

  std::array<std::uint8_t, symbols> order_{};   ///< in which symbols are drawn: parents first
  std::array<std::uint8_t, symbols> parent_{};  ///< of each symbol; its own number for the root
  std::vector<Style> styles_;
  std::vector<Item> shared_;  ///< computed from the tables, not stored in the file
};

}  // namespace echofold::synth
