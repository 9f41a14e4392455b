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

std::string equaliser_text(const Heard& heard) {
  const std::string bass = more_or_less(heard.bass_db, "bass"),
                    treble = more_or_less(heard.treble_db, "treble");
  if (bass.empty() && treble.empty()) return "has another equaliser";
  return "has " + bass + (bass.empty() || treble.empty() ? "" : " and ") + treble;
}

std::string gain_text(const Heard& heard) {
  return fmt::format("its loudness changes by up to {:.0f} dB more or less",
                     std::max(heard.gain_drop_db, heard.gain_rise_db));
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
  if (reason == "equaliser") return equaliser_text(heard);
  if (reason == "gain") return gain_text(heard);
  if (reason == "not_lined_up") return "can't be lined up with the other by ear";
  if (reason == "short") return "is too short to be compared by ear";
  return {};
}

std::string heard_text(const Heard& heard) {
  const HearingJudgement judgement = judge(heard);
  if (judgement.hearing == Hearing::same) return "the same by ear";
  if (judgement.reason != "burst") return hearing_text(heard, judgement);
  std::vector<std::string> moments;
  for (const HeardBurst& burst : heard.bursts)
    if (burst.strength > HearingThresholds{}.burst_strength)
      moments.push_back(
          fmt::format("at {} for {:.1f} s", moment(burst.start_s), std::max(0.1, burst.length_s)));
  std::string text = fmt::format("sounds different {}", fmt::join(moments, ", "));
  if (moments.size() == Heard::most_bursts) text += " and perhaps elsewhere";
  return text;
}

}  // namespace echofold
