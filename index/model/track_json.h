// Writes a track as JSON fields of plans and exports, and reads it back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/base/json.h"
#include "index/model/record.h"

namespace echofold {

/// Adds id, place, status, stamp, properties, tags, quality, items, items_hash and contents to `object`; the caller
/// puts the path first. Numbers that may exceed 2^53 (device, inode, mtime_ns) are strings, so that they stay exact
/// when another program rewrites a plan. Empty tags are left out.
/// @param signs  of the track's quality, in words (engine/dedupe/quality_signs.h)
void put_track_fields(Json& object, const TrackRecord& track, const std::vector<std::string>& signs);

/// Reads the path and the fields of put_track_fields. Missing fields have their defaults; the path must be there.
/// @throws Error Fault::usage for a field of the wrong kind
TrackRecord get_track(const Json& object);

/// The tags alone, without empty ones. @throws Error Fault::usage for a field of the wrong kind
Json tags_json(const Tags& tags);
Tags get_tags(const Json& object);

/// "present", "set_aside", "missing", "imported"; "fingerprinted", "too_short", "silent", "failed"; "mono", "side",
/// "loudest_channel".
std::string_view name_of(TrackPlace place) noexcept;
std::string_view name_of(TrackStatus status) noexcept;
std::string_view name_of(Mix mix) noexcept;

}  // namespace echofold
