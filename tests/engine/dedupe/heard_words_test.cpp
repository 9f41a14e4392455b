// The sentence for each reason of the judgement.
#include "engine/dedupe/heard_words.h"

#include <gtest/gtest.h>

#include "tests/support/sample_heard.h"

namespace echofold::dedupe_heard_words_test {
namespace {

std::string text_of(const Heard& heard) { return hearing_text(heard, judge(heard)); }

Heard with_burst(const HeardBurst& burst, double offset_s = 0) {
  Heard heard = test::same_sound();
  heard.offset_s = offset_s;
  heard.bursts = {burst, {5, 1, 1.1, BurstKind::other, false}};
  return heard;
}

Heard with_equaliser(double bass_db, double treble_db) {
  Heard heard = test::same_sound();
  heard.equaliser_db = 6;
  heard.bass_db = bass_db;
  heard.treble_db = treble_db;
  return heard;
}

TEST(HeardWords, TheSameSoundNeedsNoWords) {
  EXPECT_EQ(text_of(test::same_sound()), "");
  Heard weak = test::same_sound();
  weak.bursts = {{60, 1, 0.9, BurstKind::silent_in_b, false}};
  EXPECT_EQ(text_of(weak), "") << "what codecs do";
}

TEST(HeardWords, ABurstHasATime) {
  EXPECT_EQ(text_of(with_burst({72.44, 0.31, 3, BurstKind::other, false})),
            "sounds different at 1:12.4 for 0.3 s");
  EXPECT_EQ(text_of(with_burst({72.44, 0.31, 3, BurstKind::other, true})),
            "left or right sounds different at 1:12.4 for 0.3 s");
  EXPECT_EQ(text_of(with_burst({5, 2, 3, BurstKind::silent_in_b, false})), "is silent at 0:05.0 for 2.0 s");
  EXPECT_EQ(text_of(with_burst({5, 2, 3, BurstKind::silent_in_a, true})),
            "the other is silent at 0:05.0 for 2.0 s");
}

TEST(HeardWords, TimesAreThoseOfTheLoser) {
  EXPECT_EQ(text_of(with_burst({72, 1, 3, BurstKind::other, false}, 2)),
            "sounds different at 1:10.0 for 1.0 s");
  EXPECT_EQ(text_of(with_burst({72, 1, 3, BurstKind::other, false}, -2)),
            "sounds different at 1:14.0 for 1.0 s");
  EXPECT_EQ(text_of(with_burst({1, 1, 3, BurstKind::other, false}, 2)),
            "sounds different at 0:00.0 for 1.0 s");
}

TEST(HeardWords, TimesAreRoundedToTenths) {
  EXPECT_EQ(text_of(with_burst({59.97, 0.01, 3, BurstKind::other, false})),
            "sounds different at 1:00.0 for 0.1 s");
  EXPECT_EQ(text_of(with_burst({3725.5, 12.34, 3, BurstKind::other, false})),
            "sounds different at 62:05.5 for 12.3 s");
}

TEST(HeardWords, ThroughoutOtherSound) {
  Heard heard = test::same_sound();
  heard.residual = 0.7;
  EXPECT_EQ(text_of(heard), "sounds different throughout: another performance or mix");
}

TEST(HeardWords, Channels) {
  const auto text = [](HeardChannels channels) {
    Heard heard = test::same_sound();
    heard.channels = channels;
    return text_of(heard);
  };
  EXPECT_EQ(text(HeardChannels::same), "");
  EXPECT_EQ(text(HeardChannels::differ), "left and right have other sound");
  EXPECT_EQ(text(HeardChannels::swapped), "left and right are swapped");
  EXPECT_EQ(text(HeardChannels::b_is_mono), "is mono, the other is stereo");
  EXPECT_EQ(text(HeardChannels::a_is_mono), "is stereo, the other is mono");
}

TEST(HeardWords, Equalisers) {
  EXPECT_EQ(text_of(with_equaliser(6.2, 0.5)), "has 6 dB more bass");
  EXPECT_EQ(text_of(with_equaliser(-3.4, 0)), "has 3 dB less bass");
  EXPECT_EQ(text_of(with_equaliser(0, 4)), "has 4 dB more treble");
  EXPECT_EQ(text_of(with_equaliser(2, -4)), "has 2 dB more bass and 4 dB less treble");
  EXPECT_EQ(text_of(with_equaliser(0.9, -0.9)), "has another equaliser");
}

TEST(HeardWords, Loudness) {
  Heard heard = test::same_sound();
  heard.gain_drop_db = 1;
  heard.gain_rise_db = 7.6;
  EXPECT_EQ(text_of(heard), "its loudness changes by up to 8 dB more or less");
  heard.gain_drop_db = 9;
  EXPECT_EQ(text_of(heard), "its loudness changes by up to 9 dB more or less");
}

TEST(HeardWords, Fades) {
  Heard heard = test::same_sound();
  heard.fade_in_s = 2.6;
  EXPECT_EQ(text_of(heard), "fades in for 3 s");
  heard.fade_out_s = -7.2;
  EXPECT_EQ(text_of(heard), "fades in for 3 s, the other fades out for 7 s");
  heard.fade_in_s = 0;
  EXPECT_EQ(text_of(heard), "the other fades out for 7 s");
  heard.fade_out_s = 0.6;
  EXPECT_EQ(text_of(heard), "fades out for 1 s");
}

TEST(HeardWords, Range) {
  Heard heard = test::same_sound();
  heard.range_db = -4.2;
  EXPECT_EQ(text_of(heard), "has 4 dB less range");
  heard.range_db = 3;
  EXPECT_EQ(text_of(heard), "has 3 dB more range");
  heard.range_db = -0.4;
  heard.level_slope = -0.5;
  EXPECT_EQ(text_of(heard), "its loud and soft parts are closer together");
  heard.level_slope = 0.5;
  EXPECT_EQ(text_of(heard), "its loud and soft parts are further apart");
}

TEST(HeardWords, StereoWidth) {
  Heard heard = test::same_sound();
  heard.width_db = 6;
  EXPECT_EQ(text_of(heard), "has 6 dB more stereo width");
  heard.width_db = -4;
  heard.range_db = -3;
  EXPECT_EQ(text_of(heard), "has 3 dB less range and 4 dB less stereo width");
}

TEST(HeardWords, AllOfAMasteringIsNamed) {
  Heard heard = with_equaliser(6.2, -3);
  heard.range_db = -4;
  EXPECT_EQ(text_of(heard), "has 6 dB more bass, 3 dB less treble and 4 dB less range");
  heard.gain_drop_db = 5;
  EXPECT_EQ(
      text_of(heard),
      "its loudness changes by up to 5 dB more or less, and it has 6 dB more bass, 3 dB less treble and "
      "4 dB less range");
}

TEST(HeardWords, AMomentBesideAMasteringIsNamed) {
  Heard heard = with_equaliser(6.2, 0);
  heard.bursts = {{5, 0.4, 2, BurstKind::other, false}};
  EXPECT_EQ(text_of(heard), "has 6 dB more bass; sounds different at 0:05.0 for 0.4 s");
}

TEST(HeardWords, AllMomentsOfTwoFiles) {
  EXPECT_EQ(heard_text(test::same_sound()), "the same by ear");
  Heard heard = test::same_sound();
  heard.bursts = {{5, 0.4, 4, BurstKind::silent_in_b, false},
                  {65, 1, 3, BurstKind::other, false},
                  {7, 0.2, 2, BurstKind::silent_in_b, false},
                  {9, 0.2, 0.9, BurstKind::silent_in_a, false}};
  EXPECT_EQ(
      heard_text(heard),
      "the second is silent at 0:05.0 for 0.4 s, at 0:07.0 for 0.2 s; sounds different at 1:05.0 for 1.0 s");
  heard.bursts.assign(Heard::most_bursts, {5, 0.4, 4, BurstKind::silent_in_a, false});
  EXPECT_TRUE(heard_text(heard).ends_with(" and perhaps elsewhere")) << heard_text(heard);
}

TEST(HeardWords, WhenTheEarSaysNothing) {
  Heard heard = test::same_sound();
  heard.compared_s = 1;
  EXPECT_EQ(text_of(heard), "is too short to be compared by ear");
  heard.lined_up = false;
  EXPECT_EQ(text_of(heard), "can't be lined up with the other by ear");
}

}  // namespace
}  // namespace echofold::dedupe_heard_words_test
