// Compares the folders of a library between two scans: which tracks vanished, and whether that is plausible.
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

/// Present tracks under the walked roots that no longer exist, ascending. A track has not vanished if it lies in a
/// folder that could not be read, or if only the settings of this walk leave it out.
std::vector<KnownTracks::Number> find_vanished(const KnownTracks& known, const WalkResult& walked);

/// Present tracks in trash and snapshot folders below the walked roots, ascending. This walk left them out although
/// they exist; an earlier scan included them as music.
std::vector<KnownTracks::Number> find_left_in_trash(const KnownTracks& known, const WalkResult& walked);

/// An unmounted disk looks as if all files were deleted: stops a scan before it believes that.
///
/// A part of a known root, or a root with less than half of the library, may lose everything: people do reorganise
/// files. But that holds only for tracks that were on the file system mounted there now.
/// @param stored  the roots that the library knows; those inside a walked root are judged separately
/// @throws Error Fault::guard when a root shows no file but had tracks, lost more than half of at least 10 tracks, or
///   lost any while another file system is mounted in its place: one with another id (file_system_id.h) on which
///   fewer than half of the known tracks are unchanged. Tracks in trash and snapshot folders don't count: emptying
///   the trash does not mean that a disk is missing
void guard_roots(const KnownTracks& known, const WalkResult& walked,
                 std::span<const KnownTracks::Number> vanished, std::span<const Root> stored);

/// The roots to store after a complete scan: walked ones that could be read and lie in no root that was scanned as a
/// whole. For single files, the folder they lie in, unless a root around it is known; its `scanned_at_s` is 0, since
/// it was never walked.
std::vector<Root> roots_after_scan(const WalkResult& walked, std::span<const Root> stored, std::time_t now);

}  // namespace echofold
