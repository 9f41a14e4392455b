// The verbs read music files in a jail.
#pragma once

#include <stop_token>

#include "engine/audio/read_track.h"
#include "engine/listen/listen.h"
#include "engine/media/media.h"

namespace echofold {

/// For verbs that read music. Call once, before any thread starts and before a library is opened.
/// @throws Error Fault::io when no process can be forked
void start_jail();

/// Reads in the jail. Warns once on stderr where this kernel lacks a part of it. Only after start_jail().
const TrackReader& jailed_reader();

/// Listens to two files in the jail, likewise. @throws Error as Jail::listen()
Heard listen_in_jail(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
                     const std::stop_token& stop);

/// Reads a part of a file in the jail, likewise. @throws Error as Jail::media()
Media media_in_jail(int fd, std::string_view extension, const MediaRequest& request,
                    const std::stop_token& stop);

}  // namespace echofold
