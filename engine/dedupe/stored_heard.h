// What the library knows by ear of two tracks.
#pragma once

#include <optional>

#include "index/model/heard.h"
#include "index/store/store.h"

namespace echofold {

/// The key under which the store has what was heard of two tracks; nothing if the hash of one of them is not known.
std::optional<HeardKey> heard_key(const TrackRecord& a, const TrackRecord& b);

/// Whether listening can say something about both: they have files, and do not play the very same samples.
bool can_be_heard(const TrackRecord& a, const TrackRecord& b) noexcept;

/// What was heard of (a, b), in this order; nothing if nobody has listened to them.
std::optional<Heard> stored_heard(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b);

/// Stores what was heard of (a, b). Does nothing if there is no key for them.
void store_heard(Writer& writer, const TrackRecord& a, const TrackRecord& b, const Heard& heard);

}  // namespace echofold
