// Turns the differences of all parts of a pair into what was heard.
#pragma once

#include <array>
#include <vector>

#include "engine/listen/bands.h"
#include "engine/listen/channel_tally.h"
#include "engine/listen/differences.h"
#include "engine/listen/fades.h"
#include "index/model/heard.h"

namespace echofold {

/// Memory: some 500 bytes for each second that was compared.
class HeardTally {
 public:
  explicit HeardTally(const ListenBands& bands) : bands_(bands) {}

  /// The next part of the recordings.
  /// @param begin_s  time of the first frame in a
  /// @param is_last  no part follows
  void add(const CellTable& table, double begin_s, bool is_last);

  /// Fills in all that the differences say: the other fields of `heard` stay.
  void fill(Heard& heard);

 private:
  /// The strongest bursts and all strengths, either of mid alone or of both channels: which holds is only known at the
  /// end.
  struct Strengths {
    std::vector<float> of_frames;
    std::vector<HeardBurst> bursts;
  };

  /// The fades at the ends of what was compared: a part in the middle has none.
  struct Fades {
    Fade in, out;
  };

  Fades fades_of(const Differences& differences, bool is_last) const;
  void add_levels(const Differences& differences, const Fades& fades);
  void fill_gain(Heard& heard);
  void fill_equaliser(Heard& heard) const;
  double limit_hz(const std::vector<double>& levels) const;
  /// Mean of the usual residuals of the bands from begin_hz to end_hz.
  double usual_residual(ListenChannel channel, double begin_hz, double end_hz) const;

  const ListenBands& bands_;
  ChannelTally channels_;
  Strengths mid_alone_, both_channels_;
  std::vector<float> gains_db_, treble_differences_db_;  // a frame
  double frames_ = 0;
  Fades fades_;
  // a band, times the frames
  std::vector<double> equaliser_db_, band_a_db_, band_b_db_;
  std::array<std::vector<double>, listen_channels> usual_residual_;
};

}  // namespace echofold
