// Follows the level of b over a from an end inwards, in steps of a quarter of a second.
#include "engine/listen/fades.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/listen/statistics.h"

namespace echofold {
namespace {

constexpr double step_s = 0.25;
constexpr double least_s = 0.75, longest_s = 20;
constexpr float least_db = 6;     // at the end itself
constexpr float level_db = 1;     // where both are as loud again
constexpr float slack_db = 1.5F;  // a step may be so much less than the one before: the music itself changes
constexpr float half_way =
    0.75F;                       // of the level at the end: a passage that is softer throughout does not fade
constexpr float silent_db = 30;  // so far below the other one is silent rather than soft
constexpr float least_soft = 0.5F;  // of the steps; the rest may be silent
constexpr float floor_below_loud_db = 60;

/// Level of b over a in steps from an end, the gain of the whole taken out. Where both are silent it is 0.
std::vector<float> steps_from_end(const Differences& differences, double frames_per_s, bool last) {
  const std::size_t frames = differences.power_a_db.size();
  std::vector<float> levels(frames);
  for (std::size_t i = 0; i < frames; ++i) levels[i] = differences.power_b_db[i] - differences.power_a_db[i];
  std::vector<float> sorted = levels;
  const float usual = percentile(sorted, 0.5);
  const float floor = differences.loud_db - floor_below_loud_db;
  const auto width = std::max<std::size_t>(1, static_cast<std::size_t>(step_s * frames_per_s));
  const auto most = static_cast<std::size_t>(longest_s / step_s);
  std::vector<float> steps;
  for (std::size_t begin = 0; begin + width <= frames && steps.size() < most; begin += width) {
    float sum = 0;
    for (std::size_t i = begin; i < begin + width; ++i) {
      const std::size_t at = last ? frames - 1 - i : i;
      const bool audible = std::max(differences.power_a_db[at], differences.power_b_db[at] - usual) > floor;
      sum += audible ? levels[at] - usual : 0;
    }
    steps.push_back(sum / static_cast<float>(width));
  }
  return steps;
}

Fade fade(const Differences& differences, double frames_per_s, bool last) {
  const std::vector<float> steps = steps_from_end(differences, frames_per_s, last);
  // Silence of both, and the step in which the sound begins, come before the fade.
  std::size_t begin = 0;
  while (begin < steps.size() && std::abs(steps[begin]) < level_db) ++begin;
  constexpr std::size_t most_silent_steps = 4;
  if (begin == steps.size() || begin > most_silent_steps) return {};
  if (begin + 1 < steps.size() && std::abs(steps[begin + 1]) > std::abs(steps[begin])) ++begin;
  if (std::abs(steps[begin]) < least_db) return {};
  const bool of_b = steps[begin] < 0;
  std::size_t end = begin, soft = 0;
  float before = std::abs(steps[begin]);
  for (; end < steps.size() && std::abs(steps[end]) >= level_db && (steps[end] < 0) == of_b; ++end) {
    const float now = std::abs(steps[end]);
    if (now > before + slack_db) return {};
    if (now < silent_db) ++soft;
    before = std::min(before, now);
  }
  const std::size_t length = end - begin;
  if (end == steps.size() || static_cast<double>(end) * step_s < least_s) return {};
  if (static_cast<float>(soft) < least_soft * static_cast<float>(length)) return {};
  if (std::abs(steps[begin + length / 2]) > half_way * std::abs(steps[begin])) return {};
  const auto width = std::max<std::size_t>(1, static_cast<std::size_t>(step_s * frames_per_s));
  return {end * width, of_b};
}

}  // namespace

Fade fade_in(const Differences& differences, double frames_per_s) {
  return fade(differences, frames_per_s, false);
}

Fade fade_out(const Differences& differences, double frames_per_s) {
  return fade(differences, frames_per_s, true);
}

}  // namespace echofold
