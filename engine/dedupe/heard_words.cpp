// One clause for each reason of the judgement.
#include "engine/dedupe/heard_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace echofold {
namespace {

/// "1:12.4"
std::string moment(double seconds) {
  const double tenths = std::round(std::max(0.0, seconds) * 10) / 10;
  const auto minutes = static_cast<long>(tenths / 60);
  return fmt::format("{}:{:04.1f}", minutes, tenths - static_cast<double>(minutes) * 60);
}

std::string burst_text(const Heard& heard) {
  const HeardBurst& burst = heard.bursts.front();
  const std::string where = fmt::format("at {} for {:.1f} s", moment(burst.start_s - heard.offset_s),
                                        std::max(0.1, burst.length_s));
  switch (burst.kind) {
    case BurstKind::silent_in_a:
      return "the other is silent " + where;
    case BurstKind::silent_in_b:
      return "is silent " + where;
    case BurstKind::other:
      break;
  }
  return (burst.in_side ? "left or right sounds different " : "sounds different ") + where;
}

/// "6 dB more bass"; empty for less than a decibel.
std::string more_or_less(double db, std::string_view what) {
  constexpr double least_db = 1;
  if (std::abs(db) < least_db) return {};
  return fmt::format("{:.0f} dB {} {}", std::abs(db), db > 0 ? "more" : "less", what);
}

/// "6 dB more bass, 3 dB less treble and 4 dB less range"; empty if none of them differs by a decibel.
std::string mastered_amounts(const Heard& heard) {
  std::vector<std::string> amounts;
  const bool has_equaliser = has_other_equaliser(heard);
  if (has_equaliser) {
    amounts.push_back(more_or_less(heard.bass_db, "bass"));
    amounts.push_back(more_or_less(heard.treble_db, "treble"));
  }
  amounts.push_back(more_or_less(heard.range_db, "range"));
  if (std::abs(heard.width_db) > HearingThresholds{}.max_width_db)
    amounts.push_back(more_or_less(heard.width_db, "stereo width"));
  std::erase(amounts, "");
  if (has_equaliser && amounts.empty()) return "another equaliser";
  if (amounts.size() < 2) return amounts.empty() ? "" : amounts.front();
  const std::string last = amounts.back();
  amounts.pop_back();
  return fmt::format("{} and {}", fmt::join(amounts, ", "), last);
}

/// What another equaliser, compressor or limiter changed.
std::string mastering_text(const Heard& heard, std::string_view reason) {
  const std::string amounts = mastered_amounts(heard);
  if (reason == "gain")
    return fmt::format("its loudness changes by up to {:.0f} dB more or less{}",
                       std::max(heard.gain_drop_db, heard.gain_rise_db),
                       amounts.empty() ? "" : ", and it has " + amounts);
  if (!amounts.empty()) return "has " + amounts;
  return heard.level_slope < 0 ? "its loud and soft parts are closer together"
                               : "its loud and soft parts are further apart";
}

/// "fades in for 3 s, the other fades out for 5 s"
std::string fade_text(const Heard& heard) {
  std::vector<std::string> clauses;
  for (const auto& [seconds, where] : {std::pair{heard.fade_in_s, "in"}, {heard.fade_out_s, "out"}})
    if (seconds != 0)
      clauses.push_back(fmt::format("{} {} for {:.0f} s", seconds > 0 ? "fades" : "the other fades", where,
                                    std::max(1.0, std::abs(seconds))));
  return fmt::format("{}", fmt::join(clauses, ", "));
}

bool has_burst(const Heard& heard) {
  return !heard.bursts.empty() && heard.bursts.front().strength > HearingThresholds{}.burst_strength;
}

}  // namespace

std::string hearing_text(const Heard& heard, const HearingJudgement& judgement) {
  const std::string_view reason = judgement.reason;
  if (reason == "burst") return burst_text(heard);
  if (reason == "residual") return "sounds different throughout: another performance or mix";
  if (reason == "treble") return "the treble sounds different throughout";
  if (reason == "channels") return "left and right have other sound";
  if (reason == "swapped") return "left and right are swapped";
  if (reason == "mono")
    return heard.channels == HeardChannels::b_is_mono ? "is mono, the other is stereo"
                                                      : "is stereo, the other is mono";
  if (reason == "fade") return fade_text(heard) + (has_burst(heard) ? "; " + burst_text(heard) : "");
  if (reason == "equaliser" || reason == "range" || reason == "gain" || reason == "width")
    return mastering_text(heard, reason) + (has_burst(heard) ? "; " + burst_text(heard) : "");
  if (reason == "not_lined_up") return "can't be lined up with the other by ear";
  if (reason == "short") return "is too short to be compared by ear";
  return {};
}

std::string heard_text(const Heard& heard) {
  const HearingJudgement judgement = judge(heard);
  if (judgement.hearing == Hearing::same) return "the same by ear";
  if (judgement.reason != "burst") return hearing_text(heard, judgement);
  constexpr std::pair<BurstKind, std::string_view> kinds[] = {
      {BurstKind::silent_in_a, "the first is silent"},
      {BurstKind::silent_in_b, "the second is silent"},
      {BurstKind::other, "sounds different"}};
  std::vector<std::string> clauses;
  std::size_t count = 0;
  for (const auto& [kind, what] : kinds) {
    std::vector<std::string> moments;
    for (const HeardBurst& burst : heard.bursts)
      if (burst.kind == kind && burst.strength > HearingThresholds{}.burst_strength)
        moments.push_back(
            fmt::format("at {} for {:.1f} s", moment(burst.start_s), std::max(0.1, burst.length_s)));
    count += moments.size();
    if (!moments.empty()) clauses.push_back(fmt::format("{} {}", what, fmt::join(moments, ", ")));
  }
  return fmt::format("{}{}", fmt::join(clauses, "; "),
                     count == Heard::most_bursts ? " and perhaps elsewhere" : "");
}

}  // namespace echofold
