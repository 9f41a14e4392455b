// What is measured of two copies of one recording.
#pragma once

#include "index/model/evidence.h"

namespace echofold::test {

/// Of a good copy of a track of 200 s.
inline Evidence evidence_of_a_copy() {
  Evidence e;
  e.ber = 0.008;
  e.corrected_ber = 0.004;
  e.self_ber = 0.13;
  e.contrast = 0.25;
  e.overlap_items = 1600;
  e.informative_items = 1400;
  e.coverage_shorter = 1;
  e.coverage_longer = 0.999;
  e.strip.assign(25, 2);
  return e;
}

}  // namespace echofold::test
