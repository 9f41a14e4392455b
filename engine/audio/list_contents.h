// What libav reads of a file, fact by fact: to compare two files that should differ in their tags alone.
#pragma once

#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/audio/listed_fact.h"

namespace echofold {

/// Decodes the best audio stream as a player does: the whole file is shown, with the tags around it. Only where libav can't
/// read it so are they left out, and one of the facts says that.
///
///   audio ...       count, start and hash of the decoded samples, packets, errors
///   stream N ...    codec, disposition, time base, start
///   picture N ...   the same of an attached picture, and its hash
///   chapter N ...   its times
///   tag NAME        of the file, of a stream and of a chapter, each behind its own name
/// @throws Error  as read_track()
std::vector<ListedFact> list_contents(int fd, std::string_view extension, const std::stop_token& stop);

}  // namespace echofold
