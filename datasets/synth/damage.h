// What happens to a copy's fingerprint.
#pragma once

#include <vector>

#include "datasets/synth/music_model.h"

namespace echofold::synth {

/// A copy with this share of its bits wrong. Errors are clustered: each stretch of 8 to 32 items has a rate of its
/// own, drawn from a gamma distribution of shape 8 around `rate`; at .12 about one key of 28 bits in 20 survives.
std::vector<Item> with_errors(std::vector<Item> items, double rate, Random& random);

/// A copy that starts three eighths of an item later: each bit that moves between two items has moved already with
/// that probability, which makes about 5 % of all bits differ. As many items.
std::vector<Item> shifted(const std::vector<Item>& items, Random& random);

/// A copy without 150 items a third after its start: two parts at two offsets.
std::vector<Item> with_cut(const std::vector<Item>& items);

}  // namespace echofold::synth
