// A track as JSON fields, as plans and exports carry it, and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/base/json.h"
#include "index/model/record.h"

namespace echofold {

/// Adds id, place, status, stamp, properties, tags, quality, items, items_hash and contents to `object`; the path is
/// the caller's to put first. Numbers that may pass 2^53 (device, inode, mtime_ns) are strings, so that a
/// plan that went through another program still has them to the digit. Empty tags are left out.
/// @param signs  of its quality, in words (engine/dedupe/quality_signs.h)
void put_track_fields(Json& object, const TrackRecord& track, const std::vector<std::string>& signs);

/// Reads path and what put_track_fields wrote. Fields that are missing keep their defaults, except the path.
/// @throws Error Fault::usage for a field of the wrong kind
TrackRecord get_track(const Json& object);

/// Tags alone, empty ones left out. @throws Error Fault::usage for a field of the wrong kind
Json tags_json(const Tags& tags);
Tags get_tags(const Json& object);

/// "present", "set_aside", "missing", "imported"; "fingerprinted", "too_short", "silent", "failed"; "mono", "side",
/// "loudest_channel".
std::string_view name_of(TrackPlace place) noexcept;
std::string_view name_of(TrackStatus status) noexcept;
std::string_view name_of(Mix mix) noexcept;

}  // namespace echofold
