// Compares how much left and right differ in each recording, and whether they differ alike.
#include "engine/listen/channel_tally.h"

#include <algorithm>
#include <cmath>

namespace echofold {
namespace {

constexpr double mono_db = -40;    // a recording whose side is further below its mid is mono, or nearly
constexpr double stereo_db = -30;  // side that is less far below mid is heard
constexpr double narrow_db = -18;  // of softer side, codecs of low rates keep neither level nor phase
constexpr double lost_db = 15;     // a recording whose side is this much weaker than the other's has lost it
constexpr double other_residual = 0.45;  // codecs leave up to .35, other sound .9
constexpr double swapped_cross = -0.5;   // -1: one side is the other with its sign changed

/// Level of side over mid in dB.
double width_of(double side, double mid) { return 10 * std::log10((side + 1e-15) / (mid + 1e-15)); }

/// With one silent channel, mid and side have the same power in every cell.
bool is_one_sided(double power, double apart) {
  constexpr double least_apart = 0.01;  // the silent channel lies some 45 dB below the other
  return apart < least_apart * power;
}

bool has_lost(double width, double other) {
  return other > stereo_db && (width < mono_db || width < other - lost_db);
}

}  // namespace

void ChannelTally::add(const CellTable& table) {
  const std::size_t frames = table.frames();
  for (std::size_t frame = 0; frame < frames; ++frame)
    for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side}) {
      Sum& sum = channel == ListenChannel::mid ? mid_ : side_;
      for (std::size_t band = 0; band < table.bands; ++band) {
        const Cell& cell = table.at(frame, channel, band);
        sum.a += cell.a;
        sum.b += cell.b;
        sum.cross += cell.cross.real();
      }
    }
  for (std::size_t frame = 0; frame < frames; ++frame)
    for (std::size_t band = 0; band < table.bands; ++band) {
      const Cell &mid = table.at(frame, ListenChannel::mid, band),
                 &side = table.at(frame, ListenChannel::side, band);
      apart_.a += std::abs(mid.a - side.a);
      apart_.b += std::abs(mid.b - side.b);
    }
}

HeardChannels ChannelTally::channels(double side_residual) const {
  const double a = width_of(side_.a, mid_.a), b = width_of(side_.b, mid_.b);
  if (has_lost(a, b)) return HeardChannels::a_is_mono;
  if (has_lost(b, a)) return HeardChannels::b_is_mono;
  if (a < stereo_db && b < stereo_db) return HeardChannels::same;
  const double size = std::sqrt(side_.a * side_.b);
  const double polarity = std::copysign(1.0, mid_.cross);
  if (size > 0 && polarity * side_.cross / size < swapped_cross) return HeardChannels::swapped;
  const bool is_made_up = std::max(a, b) < narrow_db;
  return side_residual > other_residual && !is_made_up ? HeardChannels::differ : HeardChannels::same;
}

double ChannelTally::width_db() const {
  const double a = width_of(side_.a, mid_.a), b = width_of(side_.b, mid_.b);
  if (is_one_sided(mid_.a + side_.a, apart_.a) || is_one_sided(mid_.b + side_.b, apart_.b)) return 0;
  return std::min(a, b) < stereo_db || std::max(a, b) < narrow_db ? 0 : b - a;
}

}  // namespace echofold
