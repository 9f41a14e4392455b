// See kept.h.
#include "engine/dedupe/kept.h"

#include <string>

namespace echofold {
namespace {

std::string key_of(TrackId track) { return "kept/" + std::to_string(track); }

}  // namespace

bool is_kept(const Snapshot& snapshot, TrackId track) { return snapshot.meta(key_of(track)).has_value(); }

void mark_kept(Writer& writer, TrackId track) { writer.put_meta(key_of(track), "undo"); }

void unmark_kept(Writer& writer, TrackId track) { writer.remove_meta(key_of(track)); }

}  // namespace echofold
