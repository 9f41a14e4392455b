// The verbs read music files in a jail.
#pragma once

#include "engine/audio/read_track.h"

namespace echofold {

/// For verbs that read music. Call once, before any thread starts and before a library is opened.
/// @throws Error Fault::io when no process can be forked
void start_jail();

/// Reads in the jail. Warns once on stderr where this kernel lacks a part of it. Only after start_jail().
const TrackReader& jailed_reader();

}  // namespace echofold
