// Reads files with known sound: channels, rates, damage and ends.
#include "engine/audio/stereo_reader.h"

#include <gtest/gtest.h>

#include <cmath>

#include "index/base/error.h"
#include "tests/engine/audio/clips.h"
#include "tests/engine/audio/read_stereo.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_stereo_reader_test {
namespace {

using namespace test;

constexpr std::size_t second = 44'100;
constexpr double rounding = 1.0 / 32'768;  // of 16 bits

struct Power {
  double mid = 0, side = 0;
};

Power power_of(std::span<const MidSide> samples) {
  Power power;
  for (const MidSide& sample : samples) {
    power.mid += static_cast<double>(sample.mid) * sample.mid / static_cast<double>(samples.size());
    power.side += static_cast<double>(sample.side) * sample.side / static_cast<double>(samples.size());
  }
  return power;
}

class StereoReading : public testing::Test {
 protected:
  std::vector<MidSide> read_channels(const std::vector<Samples>& channels) {
    write_wav(dir_ / "a.wav", 44'100, channels);
    return read_stereo(dir_ / "a.wav");
  }
  TempDir dir_;
};

TEST_F(StereoReading, MidIsTheMeanAndSideHalfOfTheDifference) {
  const Samples left = sine(440, 0.5, second), right = sine(1000, 0.25, second);
  const auto samples = read_channels({left, right});
  ASSERT_EQ(samples.size(), second);
  for (std::size_t i = 0; i < second; ++i) {
    ASSERT_NEAR(samples[i].mid, (left[i] + right[i]) / 2, rounding) << i;
    ASSERT_NEAR(samples[i].side, (left[i] - right[i]) / 2, rounding) << i;
  }
}

TEST_F(StereoReading, ASingleChannelIsBothOfTwo) {
  const Samples only = sine(440, 0.5, second);
  const auto samples = read_channels({only});
  ASSERT_EQ(samples.size(), second);
  for (std::size_t i = 0; i < second; ++i) {
    ASSERT_NEAR(samples[i].mid, only[i], rounding) << i;
    ASSERT_EQ(samples[i].side, 0) << i;
  }
  EXPECT_EQ(OpenReader(dir_ / "a.wav", 44'100)->source_channels(), 1);
}

TEST_F(StereoReading, SurroundIsMixedDown) {
  const Samples none(second, 0), tone = sine(440, 0.5, second);
  const auto read_with_tone_in = [&](std::size_t channel) {
    std::vector<Samples> channels(6, none);  // left, right, centre, bass, left and right behind
    channels[channel] = tone;
    const auto samples = read_channels(channels);
    EXPECT_EQ(samples.size(), second);
    return power_of(samples);
  };
  const Power centre = read_with_tone_in(2);
  EXPECT_GT(centre.mid, 0.005);
  EXPECT_EQ(centre.side, 0);
  for (const std::size_t channel : {0, 1, 4, 5}) {  // on one side, mid and side have the same power
    const Power power = read_with_tone_in(channel);
    EXPECT_GT(power.mid, 0.001) << channel;
    EXPECT_NEAR(power.side / power.mid, 1, 0.001) << channel;
  }
  EXPECT_EQ(OpenReader(dir_ / "a.wav", 44'100)->source_channels(), 6);
}

TEST_F(StereoReading, RatesAreConverted) {
  for (const auto& [from, to] :
       {std::pair{44'100, 22'050}, {44'100, 48'000}, {8'000, 48'000}, {48'000, 8'000}}) {
    SCOPED_TRACE(std::to_string(from) + " to " + std::to_string(to));
    const auto count = static_cast<std::size_t>(2 * from);
    write_wav(dir_ / "a.wav", from, {sine(440, 0.5, count, from), Samples(count, 0)});
    OpenReader reader(dir_ / "a.wav", to);
    EXPECT_EQ(reader->source_rate_hz(), from);
    const auto samples = reader.rest();
    EXPECT_NEAR(static_cast<double>(samples.size()), 2.0 * to, 40);
    const Samples wanted = sine(440, 0.25, samples.size(), to);
    for (std::size_t i = 1000; i + 1000 < samples.size(); ++i)
      ASSERT_NEAR(samples[i].mid, wanted[i], 0.002) << i;
  }
}

TEST_F(StereoReading, IsEmptyAtTheEndHoweverOftenItIsAsked) {
  write_wav(dir_ / "a.wav", 44'100, {sine(440, 0.5, 5000), Samples(5000, 0)});
  OpenReader reader(dir_ / "a.wav", 22'050);
  EXPECT_NEAR(static_cast<double>(reader.rest().size()), 2500, 20);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(reader->read().empty());
}

/// Overwrites `count` bytes.
void damage(const std::filesystem::path& file, std::size_t at, std::size_t count) {
  std::string bytes = read_file(file);
  write_bytes(file, bytes.replace(at, count, count, '\x55'));
}

class DamagedReading : public StereoReading {
 protected:
  void SetUp() override {
    if (!have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    write_wav(dir_ / "a.wav", 44'100, {noise(1, 0.4, 4 * second), noise(2, 0.4, 4 * second)});
  }
  std::filesystem::path encoded(const std::string& name) {
    make_clip(dir_ / name, "-b:a 192k", "-i " + quoted(dir_ / "a.wav"));
    return dir_ / name;
  }
};

/// Some frames differ, and all samples from three seconds on stand where they were.
void expect_timing_kept(const std::vector<MidSide>& damaged, const std::vector<MidSide>& whole) {
  ASSERT_EQ(damaged.size(), whole.size());
  std::size_t other = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) other += whole[i].mid != damaged[i].mid ? 1 : 0;
  EXPECT_GT(other, 500u);
  EXPECT_LT(other, 15'000u);
  for (std::size_t i = 3 * second; i < whole.size(); ++i) ASSERT_EQ(damaged[i].mid, whole[i].mid) << i;
}

TEST_F(DamagedReading, ADamagedFrameOfAFlacBecomesSilenceOfItsLength) {
  const auto file = encoded("a.flac");
  const auto whole = read_stereo(file);
  damage(file, read_file(file).size() / 2, 64);
  OpenReader reader(file, 44'100);
  expect_timing_kept(reader.rest(), whole);
  EXPECT_GE(reader->frames_skipped(), 1u);
}

TEST_F(DamagedReading, ADamagedFrameOfAnMp3BecomesSilenceOfItsLength) {
  const auto file = encoded("a.mp3");
  const auto whole = read_stereo(file);
  const std::string bytes = read_file(file);
  const std::size_t header = bytes.find("\xff\xfb\xb0", bytes.size() / 2);  // 192 kb/s, without padding
  ASSERT_NE(header, std::string::npos);
  damage(file, header + 4, 32);  // where the frame says how its bits are used
  OpenReader reader(file, 44'100);
  expect_timing_kept(reader.rest(), whole);
  EXPECT_GE(reader->frames_skipped(), 1u);
}

TEST_F(DamagedReading, DamageAtTheVeryEndAddsNoSilence) {
  const auto file = encoded("a.flac");
  damage(file, read_file(file).size() - 64, 64);
  const auto samples = read_stereo(file);
  EXPECT_LT(samples.size(), 4 * second);
  EXPECT_GT(samples.size(), 4 * second - 10'000);
  EXPECT_NE(samples.back().mid, 0);
}

TEST_F(StereoReading, WithoutAudioItFails) {
  write_bytes(dir_ / "text.mp3", "hello, this is only text\n");
  try {
    read_stereo(dir_ / "text.mp3");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::unsupported);
  }
}

TEST_F(StereoReading, AStopIsAnError) {
  write_wav(dir_ / "a.wav", 44'100, {Samples(20 * second, 0)});
  std::stop_source stop;
  OpenReader reader(dir_ / "a.wav", 44'100, stop.get_token());
  EXPECT_FALSE(reader->read().empty());
  stop.request_stop();
  try {
    reader.rest();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
}

}  // namespace
}  // namespace echofold::audio_stereo_reader_test
