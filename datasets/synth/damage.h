// Changes to the fingerprint of a copy.
#pragma once

#include <vector>

#include "datasets/synth/music_model.h"

namespace echofold::synth {

/// A copy with this share of wrong bits. Errors are clustered: each stretch of 8 to 32 items has its own rate, drawn
/// from a gamma distribution of shape 8 around `rate`; at .12 about one 28-bit key in 20 survives.
std::vector<Item> with_errors(std::vector<Item> items, double rate, Random& random);

/// A copy that starts three eighths of an item later: each bit that changes between two items has already changed
/// with that probability, which makes about 5 % of all bits differ. The number of items stays the same.
std::vector<Item> shifted(const std::vector<Item>& items, Random& random);

/// A copy without 150 items a third after its start: two parts at two offsets.
std::vector<Item> with_cut(const std::vector<Item>& items);

}  // namespace echofold::synth
