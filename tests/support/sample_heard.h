// Samples of what was heard: with every field set, and of two copies that sound the same.
#pragma once

#include <cstdint>

#include "index/model/heard.h"

namespace echofold::test {

/// All fields differ from their defaults, from each other and from those of other `seed`s. Times are multiples of 1/64:
/// sums of them are exact.
inline Heard sample_heard(std::uint64_t seed) {
  const auto n = static_cast<double>(seed);
  Heard heard;
  heard.lined_up = true;
  heard.offset_s = 0.25 + n;
  heard.speed = 2;
  heard.compared_s = 200.5 + n;
  heard.rate_hz = 44'100 + static_cast<std::uint32_t>(seed);
  heard.residual = 1 / (n + 2);
  heard.treble_residual = 1 / (n + 3);
  heard.treble_difference_db = n / 4;
  heard.usual_strength = 0.3;
  heard.gain_db = -6.5;
  heard.gain_drop_db = 0.7;
  heard.gain_rise_db = 1.9;
  heard.fade_in_s = 1.75;
  heard.fade_out_s = -5.25;
  heard.bass_db = 2.25;
  heard.treble_db = -3.75;
  heard.equaliser_db = 4.125;
  heard.width_db = 3.125;
  heard.range_db = -2.625;
  heard.level_slope = -0.375;
  heard.limit_a_hz = 20'000;
  heard.limit_b_hz = 16'021.5;
  heard.head_a_s = 1.5;
  heard.head_b_s = 2.5;
  heard.tail_a_s = 3.5;
  heard.tail_b_s = 4.5;
  heard.equal_s = 150.5 + n;
  heard.rounded_s = 75.25 + n;
  heard.equal_kbps = 410 + n;
  heard.difference_rms = 0.28125;
  heard.difference_max = 1.46875;
  heard.channels = HeardChannels::a_is_mono;
  heard.bursts = {{60.5, 0.25, 2.5, BurstKind::silent_in_a, true},
                  {100.25, 1.5, 1.25, BurstKind::silent_in_b, false},
                  {10 + n, 0.125, 0.5, BurstKind::other, true}};
  return heard;
}

/// Heard throughout, without any difference.
inline Heard same_sound() {
  Heard heard;
  heard.lined_up = true;
  heard.compared_s = 200;
  return heard;
}

}  // namespace echofold::test
