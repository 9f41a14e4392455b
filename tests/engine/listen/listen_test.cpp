// Listens to files: copies are the same, whatever the codec, and every kind of other sound is found, and when.
#include "engine/listen/listen.h"

#include <gtest/gtest.h>

#include <array>

#include "index/base/error.h"
#include "index/pair/hearing.h"
#include "tests/engine/listen/made_files.h"

namespace echofold::listen_listen_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

constexpr double length_s = 20;

/// A piece of music, as numbers and as a FLAC, which all tests share.
class Listening : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!have_tool("ffmpeg")) return;
    dir_ = new TempDir;
    music_ = new StereoSound(made_music(1, length_s));
    encode(file_of("music.wav", *music_), song(), "");
  }
  static void TearDownTestSuite() {
    delete music_;
    delete dir_;
    music_ = nullptr;
    dir_ = nullptr;
  }
  void SetUp() override {
    if (dir_ == nullptr) GTEST_SKIP() << "ffmpeg is not installed";
  }

  static Path song() { return *dir_ / "song.flac"; }
  static const StereoSound& music() { return *music_; }
  static Path file_of(const std::string& name, const StereoSound& sound) {
    write_wav(*dir_ / name, sound);
    return *dir_ / name;
  }
  /// An MP3 of 192 kb/s: what is found must be found beside what a codec does.
  static Path mp3_of(const StereoSound& sound, const std::string& options = "") {
    encode(file_of("sound.wav", sound), *dir_ / "sound.mp3", options + " -b:a 192k");
    return *dir_ / "sound.mp3";
  }
  static Path made_by_ffmpeg(const std::string& name, const std::string& options) {
    encode(song(), *dir_ / name, options);
    return *dir_ / name;
  }

  static inline TempDir* dir_ = nullptr;
  static inline StereoSound* music_ = nullptr;
};

/// "same", "differs: burst".
std::string judged(const Heard& heard) {
  const HearingJudgement judgement = judge(heard);
  return std::string(name_of(judgement.hearing)) +
         (judgement.reason.empty() ? "" : ": " + std::string(judgement.reason));
}

/// What a failed test shows.
std::string numbers(const Heard& heard) {
  std::string text = "residual " + std::to_string(heard.residual) + ", equaliser " +
                     std::to_string(heard.equaliser_db) + ", gain " + std::to_string(heard.gain_db) + " -" +
                     std::to_string(heard.gain_drop_db) + " +" + std::to_string(heard.gain_rise_db) +
                     ", channels " + std::string(name_of(heard.channels));
  for (const HeardBurst& burst : heard.bursts)
    text += "\n  " + std::to_string(burst.strength) + " at " + std::to_string(burst.start_s) + " for " +
            std::to_string(burst.length_s) + (burst.in_side ? " side" : "");
  return text;
}

void expect_judged(const Heard& heard, const std::string& judgement) {
  EXPECT_EQ(judged(heard), judgement) << numbers(heard);
}

/// The strongest burst begins and ends at these times of the first file.
void expect_burst(const Heard& heard, double begin_s, double end_s) {
  expect_judged(heard, "differs: burst");
  ASSERT_FALSE(heard.bursts.empty());
  const HeardBurst& burst = heard.bursts.front();
  EXPECT_NEAR(burst.start_s, begin_s, 0.15) << numbers(heard);
  EXPECT_NEAR(burst.start_s + burst.length_s, end_s, 0.2) << numbers(heard);
}

TEST_F(Listening, TheSameFileHasNoDifference) {
  const Heard heard = heard_of(song(), song());
  expect_judged(heard, "same");
  EXPECT_EQ(heard.offset_s, 0);
  EXPECT_NEAR(heard.compared_s, length_s, 0.2);
  EXPECT_EQ(heard.rate_hz, 44'100u);
  EXPECT_LT(heard.residual, 1e-4);
  EXPECT_EQ(heard.gain_db, 0);
  EXPECT_EQ(heard.equaliser_db, 0);
  EXPECT_TRUE(heard.bursts.empty());
  EXPECT_EQ(heard.head_a_s + heard.head_b_s, 0);
  EXPECT_LT(heard.tail_a_s + heard.tail_b_s, 0.1);
}

TEST_F(Listening, ListeningAgainHearsTheSame) {
  const Path copy = made_by_ffmpeg("again.mp3", "-b:a 128k");
  EXPECT_EQ(heard_of(song(), copy), heard_of(song(), copy));
}

TEST_F(Listening, AFileDecodedFromALossyOneIsProvedAndTheOriginalIsNot) {
  const std::pair<const char*, const char*> codecs[] = {{"coded.mp3", "-b:a 320k"},
                                                        {"coded2.mp3", "-b:a 128k"},
                                                        {"coded.ogg", "-q:a 6"},
                                                        {"coded.m4a", "-c:a aac -b:a 192k"}};
  for (const auto& [name, options] : codecs) {
    SCOPED_TRACE(name);
    constexpr double kbps = 192;
    const Path coded = made_by_ffmpeg(name, options);
    for (const char* format : {"-sample_fmt s16", "-sample_fmt s32 -bits_per_raw_sample 24"}) {
      encode(coded, *dir_ / "decoded.flac", format);
      const Heard heard = heard_of(*dir_ / "decoded.flac", coded);
      EXPECT_NEAR(heard.equal_s, heard.compared_s, 0.05);
      EXPECT_LE(heard.difference_max, 0.6);
      EXPECT_TRUE(is_proved_decode(heard, kbps)) << heard.rounded_s << ", " << heard.equal_kbps;
      EXPECT_TRUE(is_proved_decode(heard_of(coded, *dir_ / "decoded.flac"), kbps));
    }
    const Heard original = heard_of(song(), coded);
    EXPECT_FALSE(is_proved_decode(original, kbps));
    EXPECT_EQ(original.rounded_s, 0);
    EXPECT_GT(original.difference_rms, 2);
    encode(coded, *dir_ / "quieter.flac", "-sample_fmt s16 -af volume=-0.1dB");
    EXPECT_FALSE(is_proved_decode(heard_of(*dir_ / "quieter.flac", coded), kbps));
  }
}

TEST_F(Listening, SamplesOfOtherRatesOrMoreChannelsAreNotCompared) {
  for (const char* options : {"-ar 48000", "-ac 6"}) {
    const Heard heard = heard_of(song(), made_by_ffmpeg("other.flac", options));
    EXPECT_EQ(heard.equal_s, 0);
    EXPECT_EQ(heard.difference_max, 0);
  }
  const Heard cut = heard_of(song(), made_by_ffmpeg("cut.flac", "-ss 2.5"), 2.5);
  EXPECT_NEAR(cut.equal_s, cut.compared_s, 0.001) << "wherever it begins";
  EXPECT_EQ(cut.difference_max, 0);
}

TEST_F(Listening, CopiesByCodecsAreTheSame) {
  const std::pair<const char*, const char*> copies[] = {{"a.mp3", "-b:a 320k"},
                                                        {"b.mp3", "-b:a 128k"},
                                                        {"c.mp3", "-b:a 64k"},
                                                        {"d.ogg", "-q:a 6"},
                                                        {"e.ogg", "-q:a 1"},
                                                        {"f.opus", "-b:a 128k"},
                                                        {"g.opus", "-b:a 64k"},
                                                        {"h.m4a", "-c:a aac -b:a 192k"},
                                                        {"i.m4a", "-c:a aac -b:a 96k"},
                                                        {"j.flac", "-sample_fmt s16"},
                                                        {"k.wv", "-c:a wavpack"}};
  for (const auto& [name, options] : copies) {
    SCOPED_TRACE(name);
    const Heard heard = heard_of(song(), made_by_ffmpeg(name, options));
    expect_judged(heard, "same");
    EXPECT_NEAR(heard.gain_db, 0, 0.5);
    EXPECT_NEAR(heard.offset_s, 0, 0.03) << "the delay of an encoder";
  }
}

TEST_F(Listening, ALouderCopyIsTheSame) {
  for (const double db : {-12.0, -3.0, 2.0}) {
    const Heard heard =
        heard_of(song(), made_by_ffmpeg("level.mp3", "-b:a 192k -af volume=" + std::to_string(db) + "dB"));
    expect_judged(heard, "same");
    EXPECT_NEAR(heard.gain_db, db, 0.3);
  }
}

// Both channels turned round sound the same.
TEST_F(Listening, InvertedSoundIsTheSame) {
  const auto turn_round = [](float& left, float& right, std::size_t) {
    left = -left;
    right = -right;
  };
  const Heard heard = heard_of(song(), mp3_of(changed(music(), 0, length_s, turn_round)));
  expect_judged(heard, "same");
  EXPECT_EQ(heard.offset_s, 0);
}

TEST_F(Listening, AMutedMomentIsFound) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = mp3_of(changed(music(), 7.3, 7.5, mute));
  const Heard heard = heard_of(song(), muted);
  expect_burst(heard, 7.3, 7.5);
  EXPECT_EQ(heard.bursts.front().kind, BurstKind::silent_in_b);
  EXPECT_EQ(heard_of(muted, song()).bursts.front().kind, BurstKind::silent_in_a);
}

TEST_F(Listening, OtherSoundForAMomentIsFound) {
  const StereoSound other = made_music(2, length_s);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 11.2, 11.5, [&](float& left, float& right, std::size_t i) {
                 left = other.left[i];
                 right = other.right[i];
               })));
  expect_burst(heard, 11.2, 11.5);
  EXPECT_EQ(heard.bursts.front().kind, BurstKind::other);
}

TEST_F(Listening, AReversedMomentIsFound) {
  const std::size_t both_ends = music().at(4.0) + music().at(4.4);
  expect_burst(heard_of(song(), mp3_of(changed(music(), 4.0, 4.4,
                                               [&](float& left, float& right, std::size_t i) {
                                                 left = music().left[both_ends - i];
                                                 right = music().right[both_ends - i];
                                               }))),
               4.0, 4.4);
}

/// Like a vowel: harmonics of 140 Hz under two formants.
double voice_at(double t) {
  double sum = 0;
  for (int k = 1; k <= 24; ++k) {
    const double hz = 140 * k, first = (hz - 650) / 150, second = (hz - 1700) / 250;
    sum += (std::exp(-first * first) + 0.6 * std::exp(-second * second)) *
           std::sin(2 * std::numbers::pi * hz * t + 0.8 * std::sin(2 * std::numbers::pi * 4 * t) * k / 3);
  }
  return sum;
}

double rms(const Samples& samples) {
  double power = 0;
  for (const float sample : samples) power += static_cast<double>(sample) * sample;
  return std::sqrt(power / static_cast<double>(samples.size()));
}

TEST_F(Listening, AVoiceThatIsQuieterThanTheMusicIsFound) {
  Samples voice;
  for (std::size_t i = 0; i < music().at(0.8); ++i)
    voice.push_back(static_cast<float>(voice_at(static_cast<double>(i) / 44'100)));
  const auto level = static_cast<float>(0.5 * rms(music().left) / rms(voice));  // -6 dB
  const std::size_t first = music().at(13);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 13, 13.8, [&](float& left, float& right, std::size_t i) {
                 left += level * voice[i - first];
                 right += level * voice[i - first];
               })));
  expect_judged(heard, "differs: burst");
  EXPECT_GT(heard.bursts.front().start_s, 12.85) << numbers(heard);
  EXPECT_LT(heard.bursts.front().start_s + heard.bursts.front().length_s, 13.95) << numbers(heard);
}

TEST_F(Listening, SwappedChannelsDiffer) {
  const Heard heard = heard_of(song(), mp3_of({music().rate_hz, music().right, music().left}));
  expect_judged(heard, "differs: swapped");
}

TEST_F(Listening, AFoldDownIsARemaster) {
  Samples mono = music().left;
  for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = (mono[i] + music().right[i]) / 2;
  for (const Path& copy : {mp3_of({44'100, mono, mono}), made_by_ffmpeg("mono.mp3", "-ac 1 -b:a 128k")}) {
    const Heard heard = heard_of(song(), copy);
    expect_judged(heard, "remaster: mono");
    EXPECT_EQ(heard.channels, HeardChannels::b_is_mono);
    EXPECT_EQ(heard_of(copy, song()).channels, HeardChannels::a_is_mono);
  }
}

TEST_F(Listening, OneChannelOrTwoEqualOnesAreTheSame) {
  Samples mono = music().left;
  for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = (mono[i] + music().right[i]) / 2;
  const Path two = file_of("two.wav", {44'100, mono, mono});
  write_wav(*dir_ / "one.wav", 44'100, {mono});
  encode(*dir_ / "one.wav", *dir_ / "one.mp3", "-b:a 128k");
  for (const char* one : {"one.wav", "one.mp3"}) {
    const Heard heard = heard_of(two, *dir_ / one);
    expect_judged(heard, "same");
    EXPECT_EQ(heard.channels, HeardChannels::same);
    EXPECT_NEAR(heard.gain_db, 0, 0.5);
  }
}

TEST_F(Listening, AnotherEqualiserIsARemaster) {
  const Heard bass = heard_of(song(), made_by_ffmpeg("bass.mp3", "-b:a 192k -af bass=g=9:f=200,volume=-6dB"));
  expect_judged(bass, "remaster: equaliser");
  EXPECT_NEAR(bass.bass_db, 8, 2);
  const Heard middle =
      heard_of(song(), made_by_ffmpeg("middle.mp3", "-b:a 192k -af equalizer=f=700:t=o:w=2:g=-7"));
  expect_judged(middle, "remaster: equaliser");
}

TEST_F(Listening, ACompressorIsARemaster) {
  const auto quieter = [](float& left, float& right, std::size_t) {
    left *= 0.2F;
    right *= 0.2F;
  };
  const Path song_with_a_quiet_part = file_of("dynamic.wav", changed(music(), 6, 13, quieter));
  encode(song_with_a_quiet_part, *dir_ / "pressed.mp3",
         "-b:a 192k -af acompressor=threshold=0.05:ratio=6:attack=20:release=500:makeup=2");
  expect_judged(heard_of(song_with_a_quiet_part, *dir_ / "pressed.mp3"), "remaster: gain");
}

TEST_F(Listening, ALimiterIsARemaster) {
  const Heard heard = heard_of(
      song(), made_by_ffmpeg("loud.mp3", "-b:a 192k -af volume=14dB,alimiter=limit=0.9:level=false"));
  EXPECT_EQ(judge(heard).hearing, Hearing::remaster) << judged(heard) << numbers(heard);
  EXPECT_LT(heard.range_db, -2) << numbers(heard);
}

TEST_F(Listening, OtherMusicIsNotTheSame) {
  for (std::uint64_t seed = 2; seed <= 4; ++seed) {
    const Heard heard = heard_of(song(), file_of("other.wav", made_music(seed, length_s)));
    EXPECT_NE(judge(heard).hearing, Hearing::same) << seed << " " << numbers(heard);
  }
}

TEST_F(Listening, OtherSoundLeftAndRightDiffers) {
  // The same mean of both channels, with another difference.
  const StereoSound other = made_music(5, length_s);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 0, length_s, [&](float& left, float& right, std::size_t i) {
                 const float mid = (left + right) / 2, side = (other.left[i] - other.right[i]) / 2;
                 left = mid + side;
                 right = mid - side;
               })));
  expect_judged(heard, "differs: channels");
}

TEST_F(Listening, SilenceSaysNothing) {
  const Path silence = file_of("silence.wav", {44'100, Samples(441'000, 0), Samples(441'000, 0)});
  expect_judged(heard_of(song(), silence), "unclear: not_lined_up");
  expect_judged(heard_of(silence, song()), "unclear: not_lined_up");
  expect_judged(heard_of(silence, silence), "unclear: not_lined_up");
}

TEST_F(Listening, ASecondIsTooShort) {
  const Path second = file_of("second.wav", cut(music(), music().at(length_s - 1)));
  const Heard heard = heard_of(second, second);
  expect_judged(heard, "unclear: short");
  EXPECT_TRUE(heard.lined_up);
  EXPECT_LE(heard.compared_s, 1);
  const Path blink = file_of("blink.wav", {44'100, Samples(100, 0.1F), Samples(100, 0.1F)});
  EXPECT_EQ(judge(heard_of(blink, blink)).hearing, Hearing::unclear);
  EXPECT_EQ(judge(heard_of(song(), blink)).hearing, Hearing::unclear);
}

TEST_F(Listening, TheOffsetIsFoundToTheSample) {
  for (const double begin_s : {0.01, 0.3, 1.7, 6.0})
    for (const double error_s : {-0.5, 0.0, 0.12, 0.5}) {  // of what the fingerprints say
      SCOPED_TRACE(std::to_string(begin_s) + " with an error of " + std::to_string(error_s));
      const std::size_t samples = music().at(begin_s);
      const Path later = file_of("later.wav", cut(music(), samples));
      const double offset_s = static_cast<double>(samples) / 44'100;
      const Heard forwards = heard_of(song(), later, begin_s + error_s);
      expect_judged(forwards, "same");
      EXPECT_DOUBLE_EQ(forwards.offset_s, offset_s);
      EXPECT_NEAR(forwards.head_a_s, begin_s, 0.11);
      EXPECT_EQ(forwards.head_b_s, 0);
      EXPECT_NEAR(forwards.compared_s, length_s - begin_s, 0.2);
      const Heard backwards = heard_of(later, song(), -begin_s - error_s);
      expect_judged(backwards, "same");
      EXPECT_DOUBLE_EQ(backwards.offset_s, -offset_s);
      EXPECT_NEAR(backwards.head_b_s, begin_s, 0.11);
      EXPECT_EQ(backwards.head_a_s, 0);
    }
}

TEST_F(Listening, AnOffsetBeyondTheEndIsNoError) {
  for (const double offset_s : {-1000.0, -19.5, 19.5, 1000.0})
    EXPECT_EQ(judge(heard_of(song(), song(), offset_s)).hearing, Hearing::unclear) << offset_s;
}

TEST_F(Listening, TheTimeOfABurstIsThatOfTheFirstFile) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path later = file_of("later.wav", cut(changed(music(), 9, 9.4, mute), music().at(2.5)));
  expect_burst(heard_of(song(), later, 2.4), 9, 9.4);
  expect_burst(heard_of(later, song(), -2.4), 6.5, 6.9);
}

TEST_F(Listening, WhatOnlyOneHasAtItsEndIsCounted) {
  const Path shorter = made_by_ffmpeg("shorter.flac", "-af atrim=end=15");
  const Heard heard = heard_of(song(), shorter);
  expect_judged(heard, "same");
  EXPECT_NEAR(heard.tail_a_s, length_s - 15, 0.2);
  EXPECT_LT(heard.tail_b_s, 0.1);
}

TEST_F(Listening, OtherRatesAreComparedAtTheLowerOne) {
  for (const int rate_hz : {48'000, 22'050, 8'000}) {
    SCOPED_TRACE(rate_hz);
    const Path copy = made_by_ffmpeg("rate.wav", "-ar " + std::to_string(rate_hz));
    const Heard heard = heard_of(song(), copy);
    expect_judged(heard, "same");
    EXPECT_EQ(heard.rate_hz, static_cast<std::uint32_t>(std::min(rate_hz, 44'100)));
    expect_judged(heard_of(copy, song()), "same");
  }
  const Path high = made_by_ffmpeg("high.wav", "-ar 96000");
  EXPECT_EQ(heard_of(high, high).rate_hz, 48'000u) << "higher rates have nothing that can be heard";
}

TEST_F(Listening, ALimitOfTheSpectrumIsMeasured) {
  const Heard heard = heard_of(
      song(),
      made_by_ffmpeg(
          "lowpass.mp3",
          "-b:a 192k -af lowpass=f=7000:p=2,lowpass=f=7000:p=2,lowpass=f=7000:p=2,lowpass=f=7000:p=2"));
  EXPECT_GT(heard.limit_a_hz, 13'000);
  EXPECT_LT(heard.limit_b_hz, heard.limit_a_hz);
}

/// The same numbers, up to what depends on which of the two is the measure of what can be heard.
void expect_mirrored(const Heard& there, const Heard& back) {
  const Heard mirrored = exchanged(back);
  EXPECT_EQ(judged(mirrored), judged(there));
  EXPECT_EQ(mirrored.lined_up, there.lined_up);
  EXPECT_EQ(mirrored.rate_hz, there.rate_hz);
  EXPECT_EQ(mirrored.channels, there.channels);
  EXPECT_DOUBLE_EQ(mirrored.offset_s, there.offset_s);
  EXPECT_DOUBLE_EQ(mirrored.compared_s, there.compared_s);
  EXPECT_NEAR(mirrored.residual, there.residual, 0.02);
  EXPECT_NEAR(mirrored.gain_db, there.gain_db, 1);
  EXPECT_NEAR(mirrored.bass_db, there.bass_db, 2);
  EXPECT_DOUBLE_EQ(mirrored.range_db, there.range_db);
  EXPECT_DOUBLE_EQ(mirrored.level_slope, there.level_slope);
  EXPECT_EQ(mirrored.limit_a_hz, there.limit_a_hz);
  EXPECT_EQ(mirrored.limit_b_hz, there.limit_b_hz);
}

TEST_F(Listening, ExchangedFilesGiveExchangedNumbers) {
  const Path bass = made_by_ffmpeg("bass.mp3", "-b:a 192k -af bass=g=9:f=200,volume=-9dB");
  expect_mirrored(heard_of(song(), bass), heard_of(bass, song()));
  const Path mono = made_by_ffmpeg("mono.mp3", "-ac 1 -b:a 128k");
  expect_mirrored(heard_of(song(), mono), heard_of(mono, song()));
}

TEST_F(Listening, ExchangedFilesGiveTheSameBurst) {
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = mp3_of(cut(changed(music(), 7.3, 7.6, mute), music().at(1)));
  const Heard there = heard_of(song(), muted, 1), back = heard_of(muted, song(), -1);
  expect_mirrored(there, back);
  expect_burst(there, 7.3, 7.6);
  expect_burst(exchanged(back), 7.3, 7.6);
  EXPECT_EQ(exchanged(back).bursts.front().kind, there.bursts.front().kind);
}

TEST_F(Listening, WithoutAudioItFails) {
  write_bytes(*dir_ / "text.mp3", "hello, this is only text\n");
  EXPECT_THROW(heard_of(song(), *dir_ / "text.mp3"), Error);
  EXPECT_THROW(heard_of(*dir_ / "text.mp3", song()), Error);
}

TEST_F(Listening, AStopEndsIt) {
  const Fd fd(open(song().c_str(), O_RDONLY | O_CLOEXEC));
  std::stop_source stop;
  stop.request_stop();
  try {
    listen({fd.get(), "flac"}, {fd.get(), "flac"}, {}, stop.get_token());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
}

/// A long file of little work: 20 s again and again, at 8 kHz.
StereoSound long_sound(double seconds) {
  const StereoSound piece = made_music(9, 20, 8000);
  StereoSound sound{8000, {}, {}};
  for (std::size_t i = 0; i < sound.at(seconds); ++i) {
    sound.left.push_back(piece.left[i % piece.left.size()]);
    sound.right.push_back(piece.right[i % piece.right.size()]);
  }
  return sound;
}

// What is compared at a time has ten minutes.
TEST_F(Listening, ALongFileIsComparedToItsEnd) {
  const StereoSound sound = long_sound(660);
  const Path whole = file_of("long.wav", sound);
  expect_judged(heard_of(whole, whole), "same");
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  const Path muted = file_of("muted.wav", changed(changed(sound, 631, 631.4, mute), 120, 120.2, mute));
  const Heard heard = heard_of(whole, muted);
  EXPECT_NEAR(heard.compared_s, 660, 0.3);
  expect_judged(heard, "differs: burst");
  ASSERT_GE(heard.bursts.size(), 2u);
  std::array<double, 2> times{heard.bursts[0].start_s, heard.bursts[1].start_s};
  std::sort(times.begin(), times.end());
  EXPECT_NEAR(times[0], 120, 0.15);
  EXPECT_NEAR(times[1], 631, 0.15);
}

// If they were a part of their own, it would be too short to know that the copy has nothing above 2 kHz.
TEST_F(Listening, SomeFramesAfterTenMinutesAreComparedLikeTheRest) {
  const Path whole = file_of("long.wav", long_sound(600.4));
  encode(whole, *dir_ / "low.wav", "-af aresample=4000,aresample=8000");
  const Heard heard = heard_of(whole, *dir_ / "low.wav");
  expect_judged(heard, "same");
  EXPECT_TRUE(heard.bursts.empty()) << numbers(heard);
  EXPECT_NEAR(heard.compared_s, 600.4, 0.3);
}

}  // namespace
}  // namespace echofold::listen_listen_test
