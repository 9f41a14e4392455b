// Peaks, spectrograms and windows of known sound.
#include "engine/media/media.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "engine/media/loudness.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::media_media_test {
namespace {

using namespace test;

constexpr std::size_t second = 44'100;

struct MediaTest : testing::Test {
  Media read(const std::vector<Samples>& channels, const MediaRequest& request) {
    write_wav(dir / "a.wav", 44'100, channels);
    const Fd fd(open((dir / "a.wav").c_str(), O_RDONLY | O_CLOEXEC));
    Media media = read_media(fd.get(), "wav", request, {});
    EXPECT_TRUE(is_answer_to(media, request));
    return media;
  }
  TempDir dir;
};

std::vector<std::int16_t> samples_of(const Media& media) {
  std::vector<std::int16_t> out(media.bytes.size() / 2);
  std::memcpy(out.data(), media.bytes.data(), media.bytes.size());
  return out;
}

std::int16_t rounded(float value) { return static_cast<std::int16_t>(std::lround(value * 32'768.0F)); }

TEST_F(MediaTest, PeaksAreTheLeastAndTheMostOfBothChannels) {
  // Not at the edges of columns, where a block belongs to one of two.
  Samples left(10 * second, 0), right(10 * second, 0);
  for (std::size_t i = 2 * second + 1000; i < 3 * second - 1000; ++i) left[i] = 0.5F;
  for (std::size_t i = 7 * second + 1000; i < 8 * second - 1000; ++i) right[i] = -1;
  const Media media = read({left, right}, {.kind = MediaKind::peaks, .columns = 10});
  ASSERT_EQ(media.columns, 10u);
  EXPECT_NEAR(media.duration_s, 10, 1e-9);
  for (std::size_t column = 0; column < 10; ++column) {
    EXPECT_EQ(static_cast<std::int8_t>(media.bytes[2 * column]), column == 7 ? -127 : 0) << column;
    EXPECT_EQ(static_cast<std::int8_t>(media.bytes[2 * column + 1]), column == 2 ? 64 : 0) << column;
  }
}

TEST_F(MediaTest, PeaksOfALongFileAreInTheirPlaces) {
  Samples sound(300 * second, 0);  // more blocks than are kept
  sound[200 * second + second / 20] = 1;
  const Media media = read({sound}, {.kind = MediaKind::peaks, .columns = 3000});
  ASSERT_EQ(media.columns, 3000u);
  EXPECT_NEAR(media.duration_s, 300, 1e-9);
  for (std::size_t column = 0; column < 3000; ++column)
    EXPECT_EQ(static_cast<std::int8_t>(media.bytes[2 * column + 1]), column == 2000 ? 127 : 0) << column;
}

TEST_F(MediaTest, AVeryShortFileHasFewerColumns) {
  const Media media = read({Samples(640, 0.25F)}, {.kind = MediaKind::peaks, .columns = 1000});
  EXPECT_EQ(media.columns, 10u);
}

TEST_F(MediaTest, AWindowHasTheVerySamples) {
  const Samples left = noise(1, 0.9, 4 * second), right = noise(2, 0.9, 4 * second);
  const std::size_t first = second + 777;
  const Media media = read({left, right}, {.kind = MediaKind::window,
                                           .from_s = static_cast<double>(first) / second,
                                           .length_s = 1.5,
                                           .rate_hz = 44'100});
  EXPECT_EQ(media.channels, 2u);
  EXPECT_NEAR(media.start_s, static_cast<double>(first) / second, 1e-9);
  const auto samples = samples_of(media);
  ASSERT_EQ(samples.size(), 2 * 66'150u);
  for (std::size_t i = 0; i < samples.size() / 2; ++i) {
    ASSERT_EQ(samples[2 * i], rounded(left[first + i])) << i;
    ASSERT_EQ(samples[2 * i + 1], rounded(right[first + i])) << i;
  }
}

TEST_F(MediaTest, AWindowOfOneChannelHasItsLevel) {
  const Samples sound = sine(440, 0.5, 2 * second);
  const Media media =
      read({sound}, {.kind = MediaKind::window, .from_s = 0, .length_s = 2, .rate_hz = 44'100});
  EXPECT_EQ(media.channels, 1u);
  const auto samples = samples_of(media);
  ASSERT_EQ(samples.size(), 2 * second);
  for (std::size_t i = 0; i < samples.size(); ++i) ASSERT_NEAR(samples[i], rounded(sound[i]), 1) << i;
}

TEST_F(MediaTest, AWindowEndsWithTheFile) {
  const Samples sound = sine(440, 0.5, 2 * second);
  const auto bytes_from = [&](double from_s) {
    return read({sound}, {.kind = MediaKind::window, .from_s = from_s, .length_s = 5, .rate_hz = 44'100})
        .bytes.size();
  };
  EXPECT_EQ(bytes_from(1), 2 * second);
  EXPECT_EQ(bytes_from(2), 0u);
  EXPECT_EQ(bytes_from(100), 0u);
}

TEST_F(MediaTest, LoudnessIsThatOfTheStandard) {
  // EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS has -23 LUFS.
  const Samples tone = sine(1000, std::pow(10, -23 / 20.0), 20 * second);
  const Media media =
      read({tone, tone}, {.kind = MediaKind::window, .from_s = 0, .length_s = 20, .rate_hz = 44'100});
  EXPECT_NEAR(media.loudness, -23, 0.1);
  const Samples silence(5 * second, 0);
  EXPECT_EQ(
      read({silence}, {.kind = MediaKind::window, .from_s = 0, .length_s = 5, .rate_hz = 44'100}).loudness,
      no_loudness);
}

TEST_F(MediaTest, ASineIsInItsRowOfTheSpectrogram) {
  const double hz = 1000;
  const Samples tone = sine(hz, 1, 10 * second);
  const Media media = read({tone, tone}, {.kind = MediaKind::spectrogram, .from_s = 2, .length_s = 5});
  ASSERT_GT(media.columns, 100u);
  const double row_of_tone = spectrogram_rows * std::log(hz / spectrogram_low_hz) /
                             std::log(spectrogram_high_hz / spectrogram_low_hz);
  for (std::uint32_t column = 0; column < media.columns; ++column)
    for (std::uint32_t row = 0; row < spectrogram_rows; ++row) {
      const auto level = static_cast<unsigned char>(media.bytes[row * media.columns + column]);
      if (row == static_cast<std::uint32_t>(row_of_tone)) {
        ASSERT_GT(level, 246) << column;  // within 3 dB of full scale
      } else if (std::abs(row - row_of_tone) > 3) {
        ASSERT_LT(level, 85) << row;  // -60 dB
      }
    }
}

TEST_F(MediaTest, ASpectrogramBehindTheEndIsEmpty) {
  const Samples tone = sine(1000, 1, second);
  EXPECT_EQ(read({tone}, {.kind = MediaKind::spectrogram, .from_s = 50, .length_s = 5}).columns, 0u);
}

TEST_F(MediaTest, RequestsBeyondTheLimitsAreRefused) {
  const double nan = std::nan("");
  for (const MediaRequest& request :
       {MediaRequest{.kind = MediaKind::peaks, .columns = 0},
        MediaRequest{.kind = MediaKind::peaks, .columns = 4001},
        MediaRequest{.kind = MediaKind::window, .from_s = 0, .length_s = 31, .rate_hz = 44'100},
        MediaRequest{.kind = MediaKind::window, .from_s = 0, .length_s = 5, .rate_hz = 1},
        MediaRequest{.kind = MediaKind::window, .from_s = nan, .length_s = 5, .rate_hz = 44'100},
        MediaRequest{.kind = MediaKind::window, .from_s = -1, .length_s = 5, .rate_hz = 44'100},
        MediaRequest{.kind = MediaKind::spectrogram, .from_s = 0, .length_s = 61},
        MediaRequest{.kind = MediaKind::spectrogram, .from_s = 0, .length_s = nan}}) {
    EXPECT_FALSE(is_valid(request));
    EXPECT_THROW(read_media(-1, "wav", request, {}), Error);
  }
}

TEST(MediaAnswer, MustHaveTheSizeThatWasAskedFor) {
  const MediaRequest window{.kind = MediaKind::window, .from_s = 0, .length_s = 1, .rate_hz = 8'000};
  Media media;
  media.channels = 2;
  media.bytes.assign(32'000, '\0');
  EXPECT_TRUE(is_answer_to(media, window));
  media.bytes.assign(40'000, '\0');
  EXPECT_FALSE(is_answer_to(media, window));
  media.bytes.assign(3, '\0');
  EXPECT_FALSE(is_answer_to(media, window));
  media.bytes.clear();
  media.channels = 7;
  EXPECT_FALSE(is_answer_to(media, window));
  media.channels = 2;
  media.loudness = std::nan("");
  EXPECT_FALSE(is_answer_to(media, window));
  const MediaRequest peaks{.kind = MediaKind::peaks, .columns = 5};
  Media few;
  few.columns = 5;
  few.bytes.assign(10, '\0');
  EXPECT_TRUE(is_answer_to(few, peaks));
  few.bytes.assign(11, '\0');
  EXPECT_FALSE(is_answer_to(few, peaks));
  few.columns = 6;
  few.bytes.assign(12, '\0');
  EXPECT_FALSE(is_answer_to(few, peaks));
}

}  // namespace
}  // namespace echofold::media_media_test
