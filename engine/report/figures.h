// Figures as text for people: durations, sizes, rates, percentages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/model/record.h"

namespace echofold {

std::string percent(double similarity);      ///< "99.62 %", rounded down
std::string clock_time(double seconds);      ///< "3:33", "1:02:03"; "-" for nothing
std::string size_text(std::uint64_t bytes);  ///< "812 B", "28.3 MB": steps of 1,000
std::string offset_text(double seconds);     ///< "+0.412 s", "-1.300 s"
/// The same for people, with PCM named by its container: "WAV", "AIFF".
std::string codec_text(const AudioProperties& properties);
std::string container_text(std::string_view container);  ///< "MP4" for libav's "mov,mp4,m4a,3gp,3g2,mj2"
std::string bit_rate_text(const AudioProperties& properties);     ///< "320 kb/s"; "-"
std::string sample_rate_text(const AudioProperties& properties);  ///< "44.1 kHz"; "-"
std::string channels_text(const AudioProperties& properties);     ///< "mono", "stereo", "6 channels"; "-"
/// The local time: "2026-11-30 04:12", with seconds "2026-11-30 04:12:33".
std::string local_time_text(std::int64_t at_s, bool with_seconds = false);
std::string count_text(std::uint64_t count, const char* one, const char* many);  ///< "1 file", "2 files"

/// "3 renamed, 1 skipped": the counts that are not 0.
class CountsText {
 public:
  void add(std::uint64_t count, std::string_view what);
  std::string or_else(std::string_view nothing) const;  ///< `nothing` if every count was 0

 private:
  std::string text_;
};

/// "suspected transcode: nothing above 16.0 kHz; dual mono": the signs of its quality; empty if it has none.
std::string signs_text(const TrackRecord& track);

/// "FLAC 16 bit 44.1 kHz stereo, 4:12, 28.3 MB; dual mono": what is known, and the signs. Empty for a track without
/// properties.
std::string format_line(const TrackRecord& track);

}  // namespace echofold
