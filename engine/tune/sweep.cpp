// Judges every pair again at every value.
#include "engine/tune/sweep.h"
#include "index/base/parallel.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace echofold {
namespace {

constexpr int lowest_auto = 900, highest_auto = 999, lowest_review = 850;  // in thousandths

/// The values `first` .. `last` in thousandths, up to `end`, and `current`.
std::vector<double> grid(int first, int last, double end, double current) {
  std::vector<double> values{current};
  for (int i = first; i <= last; ++i)
    if (const double value = i / 1000.0; value <= end) values.push_back(value);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

SweepRow judge_all(const Measurements& measured, const Thresholds& thresholds, double value) {
  SweepRow row;
  row.value = value;
  for (const MeasuredPair& pair : measured.pairs) {
    const Band band = judge(pair, thresholds).band;
    if (band == Band::automatic) ++row.moved[pair.label];
    if (band == Band::automatic || band == Band::review) ++row.shown[pair.label];
  }
  return row;
}

Sweep sweep(const Measurements& measured, const std::vector<double>& values,
            const std::function<Thresholds(double)>& thresholds_at) {
  Sweep result;
  result.all[Label::different] = measured.never_offered;
  for (const MeasuredPair& pair : measured.pairs) ++result.all[pair.label];
  result.rows.resize(values.size());
  parallel_for(values.size(), [&](std::size_t i) {
    result.rows[i] = judge_all(measured, thresholds_at(values[i]), values[i]);
  });
  return result;
}

double share(std::uint64_t part, std::uint64_t whole, double of_nothing) noexcept {
  return whole == 0 ? of_nothing : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::uint64_t LabelCounts::not_same() const noexcept {
  return (*this)[Label::edit] + (*this)[Label::version] + (*this)[Label::different];
}

const SweepRow& Sweep::at(double value) const {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const SweepRow& r) { return r.value == value; });
  if (row == rows.end()) throw std::out_of_range("a threshold that was not swept");
  return *row;
}

double recall(const LabelCounts& found, const LabelCounts& all) noexcept {
  return share(found.same(), all.same(), 0);
}

double precision(const LabelCounts& found) noexcept {
  return share(found.same(), found.same() + found.not_same(), 1);
}

Sweep sweep_auto(const Measurements& measured, const Thresholds& base) {
  return sweep(measured, grid(lowest_auto, highest_auto, 1, base.auto_similarity), [&](double value) {
    Thresholds thresholds = base;
    thresholds.auto_similarity = value;
    thresholds.review_similarity = std::min(base.review_similarity, value);
    return thresholds;
  });
}

Sweep sweep_review(const Measurements& measured, const Thresholds& base) {
  const double current = std::min(base.review_similarity, base.auto_similarity);
  return sweep(measured, grid(lowest_review, highest_auto, base.auto_similarity, current), [&](double value) {
    Thresholds thresholds = base;
    thresholds.review_similarity = value;
    return thresholds;
  });
}

}  // namespace echofold
