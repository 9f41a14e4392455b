// What a file holds besides the recording, and what of that would go with a loser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// What `loser` holds and `keeper` may lack: "has a video that the other lacks", "has 3 more audio streams", "has sound
/// in 6 channels, the other in 2", ... Empty if nothing would be lost.
///
/// Further streams are compared by the hash of all of them: equal streams are no loss. If an older version read a file,
/// its contents are unknown. This is a reason only if its format can hold pictures and several streams: a plain FLAC,
/// MP3 or WAV can hold no more than lyrics and a cue sheet, which is no reason to ask about a whole library again.
std::vector<std::string> lost_with(const TrackRecord& loser, const TrackRecord& keeper);

/// False if one may have a video, audio or subtitle stream that the other lacks: then they are not copies of one file,
/// whatever their music. Lyrics and cue sheets are tags and do not count.
bool same_further_streams(const TrackRecord& a, const TrackRecord& b) noexcept;

/// How much a file holds, for ranking: video counts most, then audio, subtitles, chapters, and lyrics and cue sheet
/// last. 0: nothing, or unknown.
std::int64_t holdings(const FileContents& contents) noexcept;

}  // namespace echofold
