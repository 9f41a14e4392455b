// Adds up how the channels of two recordings are related.
#pragma once

#include "engine/listen/bands.h"
#include "engine/listen/cells.h"
#include "index/model/heard.h"

namespace echofold {

class ChannelTally {
 public:
  void add(const CellTable& table);

  /// @param side_residual  0 .. 1: the usual residual of the side channel
  HeardChannels channels(double side_residual) const;

  /// By how many dB b is wider than a: the level of side over mid. 0 unless both are stereo, and one of them not only
  /// narrowly. A silent channel is no stereo.
  double width_db() const;

 private:
  struct Sum {
    double a = 0, b = 0, cross = 0;
  };
  Sum mid_, side_;
  Sum apart_;  ///< by how much the powers of mid and side differ, cell by cell
};

}  // namespace echofold
