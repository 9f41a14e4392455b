// What a file holds beside the recording, and what of it would go with a loser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// What `loser` holds and `keeper` may not: "has a video that the other lacks", "has 3 more audio streams", "has sound in
/// 6 channels, the other in 2", ... Empty when nothing would be lost.
///
/// Further streams are compared by the hash of all of them: equal ones are no loss. Of a file that an older version read
/// nobody knows what it holds. Where its format is one for pictures and several streams, that is said; a plain FLAC,
/// MP3 or WAV can hide no more than lyrics and a cue sheet, and is no reason to ask about a whole library again.
std::vector<std::string> lost_with(const TrackRecord& loser, const TrackRecord& keeper);

/// False where one may have another video, audio or subtitle stream than the other: no copies of one file then, whatever
/// their music. Lyrics and cue sheets are tags and do not count.
bool same_further_streams(const TrackRecord& a, const TrackRecord& b) noexcept;

/// How much there is, for ranking: video before audio before subtitles before chapters before lyrics and cue sheet; 0 for
/// nothing, and where it is not known.
std::int64_t holdings(const FileContents& contents) noexcept;

}  // namespace echofold
