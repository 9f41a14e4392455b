// Reasons that can be counted.
#include "engine/dedupe/plan_words.h"

#include <gtest/gtest.h>

namespace echofold::dedupe_plan_words_test {
namespace {

TEST(ShortReason, LeavesOutWhatIsParticularToAPair) {
  for (const auto& [why, wanted] : std::initializer_list<std::pair<const char*, const char*>>{
           {"lossy", "lossy"},
           {"", ""},
           {"lossy; to review: is silent at 0:05.4 for 0.3 s", "is silent"},
           {"lossy; to review: sounds different at 1:12.4 for 1.0 s; the titles name different versions",
            "sounds different"},
           {"suspected transcode: nothing above 16.0 kHz", "suspected transcode"},
           {"lossy; to review: has lyrics beside it that the other lacks: coda.lrc",
            "has lyrics beside it that the other lacks"},
           {"lacks the last 75.9 s, the other copy is whole",
            "lacks the last \u2026 s, the other copy is whole"},
           {"lossy; to review: has 6 dB more bass and 3 dB less treble", "another mastering"},
           {"lower bit rate; stays: its album of 12 tracks is complete", "lower bit rate"}})
    EXPECT_EQ(short_reason(why), wanted);
}

}  // namespace
}  // namespace echofold::dedupe_plan_words_test
