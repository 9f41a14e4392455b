// See stored_strip.h.
#include "engine/dedupe/stored_strip.h"

namespace echofold {
namespace {

/// The fingerprint that the record tells of; empty if the library has another one for this id.
Items items_of(const Snapshot& snapshot, const TrackRecord& track) {
  const Items items = snapshot.items(track.id);
  return items.size() == track.item_count ? items : Items{};
}

}  // namespace

ErrorStrip stored_error_strip(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b,
                              const Placement& placement, std::size_t columns) {
  return error_strip(items_of(snapshot, a), items_of(snapshot, b),
                     {seconds_to_items(placement.offset_s), placement.speed}, columns);
}

}  // namespace echofold
