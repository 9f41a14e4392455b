// Chromaprint's classifiers: they turn rows of chroma features into items.
#pragma once

#include <array>
#include <cstddef>

#include "engine/audio/chroma.h"
#include "index/model/fingerprint.h"

namespace echofold {

/// Each item is sixteen comparisons of sums over areas of the last sixteen rows, two bits each (algorithm TEST2). The
/// constants are from L. Lalinsky, Chromaprint 1.5 (classes FingerprintCalculator, Filter, Quantizer).
class ItemMaker {
 public:
  static constexpr std::size_t rows_an_item = 16;

  /// Adds the next row. Returns false for the first fifteen, which make no item yet.
  bool add(const ChromaRow& row);
  /// The item of the last rows_an_item rows.
  Item item() const noexcept { return item_; }
  /// One of the sums is so close to a threshold that another transform might have put it on the other side.
  bool item_is_uncertain() const noexcept { return item_is_uncertain_; }

 private:
  double area(std::size_t row, std::size_t note, std::size_t end_row, std::size_t end_note) const noexcept;
  void classify();

  // sums_[r][n]: sum of the first n notes over all rows before row r. A ring buffer of the last rows.
  std::array<std::array<double, 13>, 32> sums_{};
  std::size_t count_ = 0;
  Item item_ = 0;
  bool item_is_uncertain_ = false;
};

}  // namespace echofold
