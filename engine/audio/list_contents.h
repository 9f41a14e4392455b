// Lists what libav reads from a file, fact by fact, to compare two files that should differ only in their tags.
#pragma once

#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/audio/listed_fact.h"

namespace echofold {

/// Decodes the best audio stream as a player does: libav sees the whole file, with the tags around it. If libav can't
/// read it that way, the tags are left out, and one of the facts says so.
///
///   audio ...       count, start and hash of the decoded samples, packets, errors
///   stream N ...    codec, disposition, time base, start
///   picture N ...   the same for an attached picture, and its hash
///   chapter N ...   its times
///   tag NAME        of the file; of a stream or chapter, after its own name
/// @throws Error  as read_track()
std::vector<ListedFact> list_contents(int fd, std::string_view extension, const std::stop_token& stop);

}  // namespace echofold
