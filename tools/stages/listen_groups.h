// Which pairs are listened to together: those of one keeper, so that it is decoded once.
#pragma once

#include <span>
#include <vector>

#include "engine/listen/listen.h"
#include "index/model/record.h"

namespace echofold {

struct ListenPair {
  TrackRecord keeper, loser;
  ListenSettings settings = {};
};

/// Divides pairs into groups of one keeper each, of up to most_partners pairs. More pairs become several groups of about
/// the same size. A pair at another speed is a group of its own: both files are read twice for it, and its keeper only
/// once for all others.
/// @param pairs  are put in another order. They must outlive the groups
std::vector<std::span<const ListenPair>> listen_groups(std::vector<ListenPair>& pairs);

}  // namespace echofold
