// Takes sums over areas from running sums, and compares their logarithms.
#include "engine/audio/item_maker.h"

#include <cmath>
#include <cstdint>

namespace echofold {
namespace {

/// Which parts of a classifier's area are compared.
enum class Shape : std::uint8_t {
  whole,           ///< the sum of all, compared with nothing
  upper_notes,     ///< the upper half of the notes with the lower half
  later,           ///< the later half of the rows with the earlier half
  diagonal,        ///< the earlier upper and later lower quarters with the other two
  middle_notes,    ///< the middle third of the notes with the thirds around it
  middle_in_time,  ///< the middle third of the rows with the thirds around it
};

struct Classifier {
  Shape shape;
  std::size_t note, notes, rows;
  double thresholds[3];
};

constexpr Classifier classifiers[] = {
    {Shape::whole, 4, 3, 15, {1.98215, 2.35817, 2.63523}},
    {Shape::middle_notes, 4, 6, 15, {-1.03809, -0.651211, -0.282167}},
    {Shape::upper_notes, 0, 4, 16, {-0.298702, 0.119262, 0.558497}},
    {Shape::diagonal, 8, 2, 12, {-0.105439, 0.0153946, 0.135898}},
    {Shape::diagonal, 4, 4, 8, {-0.142891, 0.0258736, 0.200632}},
    {Shape::middle_notes, 0, 3, 5, {-0.826319, -0.590612, -0.368214}},
    {Shape::upper_notes, 2, 2, 9, {-0.557409, -0.233035, 0.0534525}},
    {Shape::later, 7, 3, 4, {-0.0646826, 0.00620476, 0.0784847}},
    {Shape::later, 6, 2, 16, {-0.192387, -0.029699, 0.215855}},
    {Shape::later, 1, 3, 2, {-0.0397818, -0.00568076, 0.0292026}},
    {Shape::middle_in_time, 10, 1, 15, {-0.53823, -0.369934, -0.190235}},
    {Shape::diagonal, 6, 2, 10, {-0.124877, 0.0296483, 0.139239}},
    {Shape::later, 1, 1, 14, {-0.101475, 0.0225617, 0.231971}},
    {Shape::diagonal, 5, 6, 4, {-0.0799915, -0.00729616, 0.063262}},
    {Shape::upper_notes, 9, 2, 12, {-0.272556, 0.019424, 0.302559}},
    {Shape::diagonal, 4, 2, 14, {-0.164292, -0.0321188, 0.0846339}},
};

/// For the difference of two logarithms: ten times the largest difference between float transforms that was observed.
constexpr double uncertain_within = 2e-6;

}  // namespace

double ItemMaker::area(std::size_t row, std::size_t note, std::size_t end_row,
                       std::size_t end_note) const noexcept {
  const auto &top = sums_[row % sums_.size()], &bottom = sums_[end_row % sums_.size()];
  return (bottom[end_note] - bottom[note]) - (top[end_note] - top[note]);
}

bool ItemMaker::add(const ChromaRow& row) {
  const auto& before = sums_[count_ % sums_.size()];
  auto& sums = sums_[++count_ % sums_.size()];
  double sum = 0;
  for (std::size_t note = 0; note < row.size(); ++note) {
    sum += row[note];
    sums[note + 1] = before[note + 1] + sum;
  }
  if (count_ < rows_an_item) return false;
  classify();
  return true;
}

void ItemMaker::classify() {
  constexpr Item gray_code[] = {0, 1, 3, 2};
  const std::size_t row = count_ - rows_an_item;
  item_ = 0;
  item_is_uncertain_ = false;
  for (const Classifier& c : classifiers) {
    const std::size_t end = row + c.rows, top = c.note + c.notes;
    const double all = area(row, c.note, end, top);
    double with = all;
    if (c.shape == Shape::upper_notes) with = area(row, c.note + c.notes / 2, end, top);
    if (c.shape == Shape::later) with = area(row + c.rows / 2, c.note, end, top);
    if (c.shape == Shape::diagonal)
      with = area(row, c.note + c.notes / 2, row + c.rows / 2, top) +
             area(row + c.rows / 2, c.note, end, c.note + c.notes / 2);
    if (c.shape == Shape::middle_notes)
      with = area(row, c.note + c.notes / 3, end, c.note + 2 * (c.notes / 3));
    if (c.shape == Shape::middle_in_time) with = area(row + c.rows / 3, c.note, row + 2 * (c.rows / 3), top);
    const double without = c.shape == Shape::whole ? 0 : all - with;
    const double value = std::log((1 + with) / (1 + without));
    std::size_t above = 0;
    for (const double threshold : c.thresholds) {
      above += value < threshold ? 0 : 1;
      item_is_uncertain_ = item_is_uncertain_ || std::abs(value - threshold) < uncertain_within;
    }
    item_ = item_ << 2 | gray_code[above];
  }
}

}  // namespace echofold
