// Time that rejected frames have cost a stream.
#pragma once

#include <utility>

#include "engine/audio/libav.h"

namespace echofold {

/// Silence takes its place once sound follows: damage at the very end is not audio.
class LostTime {
 public:
  /// What a packet costs that is rejected. One that claims to be longer than a second has an invalid length and counts
  /// as 0.
  static double of(const AVPacket& packet, AVRational time_base) noexcept {
    constexpr double longest_s = 1.0;
    const double lost_s = static_cast<double>(packet.duration) * av_q2d(time_base);
    return lost_s > 0 && lost_s <= longest_s ? lost_s : 0;
  }

  /// The packet was rejected.
  void add(const AVPacket& packet, AVRational time_base) noexcept { add(of(packet, time_base)); }
  void add(double seconds) noexcept { seconds_ += seconds; }

  /// The seconds since the last call.
  double take() noexcept { return std::exchange(seconds_, 0.0); }

 private:
  double seconds_ = 0;
};

}  // namespace echofold
