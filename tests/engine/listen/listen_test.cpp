// Copies are the same, whatever the codec, rate and level; what can't be judged says so.
#include "engine/listen/listen.h"

#include <gtest/gtest.h>

#include "index/base/error.h"
#include "tests/engine/listen/listening.h"

namespace echofold::listen_listen_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

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

TEST_F(Listening, OtherMusicIsNotTheSame) {
  for (std::uint64_t seed = 2; seed <= 4; ++seed) {
    const Heard heard = heard_of(song(), file_of("other.wav", made_music(seed, length_s)));
    EXPECT_NE(judge(heard).hearing, Hearing::same) << seed << " " << numbers(heard);
  }
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

}  // namespace
}  // namespace echofold::listen_listen_test
