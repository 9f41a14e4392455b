// Listens to the files of pairs.
#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "engine/dedupe/plan.h"
#include "engine/listen/listen.h"
#include "index/model/record.h"
#include "tools/stages/listen_groups.h"

namespace echofold {

/// Listens to two files in the jail. Both must be as their records say.
/// @throws Error  as Jail::listen(), and Fault::changed; the message names a file, or says "one of them"
Heard listen_to_files(const TrackRecord& a, const TrackRecord& b, const ListenSettings& settings,
                      const std::stop_token& stop);

/// What became of the pair with a number of its group.
using OnHeard = std::function<void(std::size_t, ByEar)>;

/// Listens to the pairs of one keeper, which is decoded once where there are several. Each pair has the result that it
/// has alone: one that fails because of the system, or because another pair held it up, is listened to again, alone.
/// @param group    1 .. most_partners pairs of one keeper, as of listen_groups()
/// @param on_heard called on this thread, once for each pair, as they end. `why_not` names a file, or says "one of them"
/// @throws Error   Fault::interrupted
void hear_group(std::span<const ListenPair> group, const std::stop_token& stop, const OnHeard& on_heard);

}  // namespace echofold
