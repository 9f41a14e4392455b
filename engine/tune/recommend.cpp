// See recommend.h.
#include "engine/tune/recommend.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace echofold {
namespace {

/// The labels of LabelCounts::not_same(): no threshold can keep altered pairs and remasters out of `auto`.
constexpr std::array false_labels = {Label::edit, Label::version, Label::different};

bool is_within(const SweepRow& row, const LabelCounts& all, double rate) {
  const auto holds = [&](std::uint64_t moves, std::uint64_t pairs) {
    return static_cast<double>(moves) <= rate * static_cast<double>(pairs);
  };
  return holds(row.moved.not_same(), all.not_same()) &&
         std::all_of(false_labels.begin(), false_labels.end(),
                     [&](Label label) { return holds(row.moved[label], all[label]); });
}

std::int64_t gain(const SweepRow& row) {
  return static_cast<std::int64_t>(row.shown.same()) - static_cast<std::int64_t>(row.shown.not_same());
}

}  // namespace

Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, double confidence) {
  if (trials == 0) return {};
  using Binomial = boost::math::binomial_distribution<double>;
  const double each_side = (1 - confidence) / 2;
  const auto n = static_cast<double>(trials), k = static_cast<double>(successes);
  return {successes == 0 ? 0 : Binomial::find_lower_bound_on_p(n, k, each_side),
          successes == trials ? 1 : Binomial::find_upper_bound_on_p(n, k, each_side)};
}

std::uint64_t trials_to_show(double rate, double confidence) {
  return static_cast<std::uint64_t>(std::ceil(std::log((1 - confidence) / 2) / std::log1p(-rate)));
}

FalseMoves false_moves(const SweepRow& row, const LabelCounts& all) {
  const std::uint64_t moves = row.moved.not_same(), pairs = all.not_same();
  return {moves, pairs, clopper_pearson(moves, pairs)};
}

AutoAdvice advise_auto(const Sweep& sweep, double current, double rate) {
  AutoAdvice advice;
  advice.value = current;
  // From the top down: a lower value never moves fewer pairs.
  for (auto row = sweep.rows.rbegin(); row != sweep.rows.rend() && is_within(*row, sweep.all, rate); ++row) {
    advice.lowest = row->value;
    advice.shown = false_moves(*row, sweep.all).interval.high <= rate;
  }
  if (advice.lowest && sweep.all.same() > 0 && (advice.shown || *advice.lowest > current))
    advice.value = *advice.lowest;
  return advice;
}

double advise_review(const Sweep& sweep, double current) {
  const SweepRow* best = &sweep.at(current);
  for (auto row = sweep.rows.rbegin(); row != sweep.rows.rend(); ++row)
    if (gain(*row) > gain(*best)) best = &*row;
  return best->value;
}

}  // namespace echofold
