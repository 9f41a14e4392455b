// The folders of a library between two scans: which tracks vanished, and whether that can be believed.
#pragma once

#include <cstdint>
#include <ctime>
#include <span>
#include <string>
#include <vector>

#include "engine/library/known_tracks.h"
#include "engine/library/walk.h"
#include "index/model/record.h"

namespace echofold {

/// Present tracks under the walked roots that are not there any more, ascending. What lies behind a folder
/// that could not be read, or is only left out by the settings of this walk, has not vanished.
std::vector<KnownTracks::Number> find_vanished(const KnownTracks& known, const WalkResult& walked);

/// Present tracks in trash and snapshot folders below the walked roots, which this walk left out though they are there,
/// ascending: known from a scan that took them for music.
std::vector<KnownTracks::Number> find_left_in_trash(const KnownTracks& known, const WalkResult& walked);

/// "Not mounted" looks like "all deleted": stops before that is believed.
/// @param stored  the roots that the library knows; those inside a walked root are judged for themselves
/// A part of a known root, and a root that has less than half of the library, may lose all: new files are filed somewhere
/// else in the end. But only what lay on the file system that is mounted there now.
/// @throws Error Fault::guard when a root shows no file but had tracks, lost more than half of at least 10
///               tracks, or lost any while another file system stands in its place: one of another id (file_system_id.h) on
///               which not half of the tracks known there are as they were. Tracks in trash and snapshot
///               folders don't count: a trash that is emptied is no disk that is away
void guard_roots(const KnownTracks& known, const WalkResult& walked,
                 std::span<const KnownTracks::Number> vanished, std::span<const Root> stored);

/// The roots to be stored after a complete scan: the walked ones that could be read and lie in no root that was scanned as a
/// whole, and for single files the folder they lie in, unless a root around it is known (`scanned_at_s` is 0 then: it never was walked).
std::vector<Root> roots_after_scan(const WalkResult& walked, std::span<const Root> stored, std::time_t now);

}  // namespace echofold
