// Compares every set of loops that this processor supports with plain arithmetic.
#include "engine/audio/simd/sample_loops.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace echofold::audio_sample_loops_test {
namespace {

template <class Sample>
std::vector<Sample> make_noise(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Sample> out(count);
  for (Sample& sample : out) {
    const auto bits = static_cast<std::int32_t>(random());
    if constexpr (std::is_floating_point_v<Sample>)
      sample = static_cast<float>(bits) / 2147483648.0F;
    else
      sample = static_cast<Sample>(bits);
  }
  return out;
}

class SampleLoopsTest : public testing::TestWithParam<SampleLoops> {};

TEST_P(SampleLoopsTest, PicksAndMixesAtAnyStride) {
  const auto a = make_noise<std::int16_t>(300, 1);
  const auto b = make_noise<std::int32_t>(300, 2);
  for (const std::size_t stride : {1U, 2U, 3U})
    for (const std::size_t n : {0U, 1U, 7U, 33U, 99U}) {
      std::vector<std::int16_t> picked(n);
      std::vector<float> mixed(n), mixed_32(n), picked_32(n);
      GetParam().pick_s16(a.data(), stride, n, picked.data());
      GetParam().pick_s32(b.data(), stride, n, picked_32.data());
      GetParam().mix_s16(a.data(), a.data() + 1, stride, n, mixed.data());
      GetParam().mix_s32(b.data(), b.data() + 1, stride, n, mixed_32.data());
      for (std::size_t i = 0; i < n; ++i) {
        const float left = static_cast<float>(b[i * stride]) / 2147483648.0F;
        const float right = static_cast<float>(b[i * stride + 1]) / 2147483648.0F;
        ASSERT_EQ(picked[i], a[i * stride]);
        ASSERT_EQ(picked_32[i], left);
        ASSERT_EQ(mixed[i], static_cast<float>(a[i * stride] + a[i * stride + 1]) / 65536.0F);
        ASSERT_EQ(mixed_32[i], (left + right) / 2);
      }
    }
}

TEST_P(SampleLoopsTest, FiltersWithEveryNumberOfPhasesAndOutputs) {
  const auto in = make_noise<std::int16_t>(4000, 3);
  for (const std::size_t phases : {1U, 3U, 7U})
    for (std::size_t n = 0; n < 40; ++n) {
      const std::size_t length = 32, step = 4 * phases + phases / 2, phase = phases - 1;
      auto taps = make_noise<std::int16_t>(phases * length, 4);
      for (std::int16_t& tap : taps) tap = static_cast<std::int16_t>(tap / 16);
      std::vector<std::int16_t> out(n);
      GetParam().filter_s16(in.data(), {taps.data(), length, phases, step}, phase, n, out.data());
      for (std::size_t o = 0; o < n; ++o) {
        const std::size_t start = (phase + o * step) / phases, p = (phase + o * step) % phases;
        std::int32_t sum = 16384;
        for (std::size_t i = 0; i < length; ++i) sum += in[start + i] * taps[p * length + i];
        ASSERT_EQ(out[o], std::clamp(sum >> 15, -32768, 32767)) << phases << " phases, output " << o;
      }
    }
}

TEST_P(SampleLoopsTest, FiltersFloatsToTheNearestSample) {
  const auto left = make_noise<float>(4000, 5), right = make_noise<float>(4000, 6);
  std::vector<float> mixed(left.size());
  GetParam().mix_float(left.data(), right.data(), 1, left.size(), mixed.data());
  for (const std::size_t phases : {1U, 7U})
    for (const std::size_t n : {1U, 3U, 8U, 29U, 800U}) {
      const std::size_t length = 32, step = 4 * phases + phases / 2;
      const auto taps = make_noise<float>(phases * length, 7);
      std::vector<std::int16_t> out(n);
      GetParam().filter_float({mixed.data(), left.data(), right.data()}, {taps.data(), length, phases, step},
                              0, n, out.data());
      for (std::size_t o = 0; o < n; ++o) {
        double sum = 0;
        for (std::size_t i = 0; i < length; ++i)
          sum += double{mixed[o * step / phases + i]} * taps[o * step % phases * length + i];
        ASSERT_NEAR(out[o], std::clamp(sum * 32768, -32768.0, 32767.0), 0.51)
            << phases << " phases, output " << o;
      }
    }
}

TEST_P(SampleLoopsTest, NoNumberIsTheLowestSample) {
  std::vector<float> in(32, std::nanf("")), taps(16, 1.0F);
  std::int16_t out = 0;
  GetParam().filter_float({in.data(), nullptr, nullptr}, {taps.data(), 16, 1, 4}, 0, 1, &out);
  EXPECT_EQ(out, -32768);
}

TEST_P(SampleLoopsTest, LevelsOfEveryTail) {
  const auto samples = make_noise<std::int32_t>(100, 8);
  for (std::size_t n = 0; n < samples.size(); ++n) {
    std::int32_t highest = 0, lowest = 0;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < n; ++i) {
      highest = std::max(highest, samples[i]);
      lowest = std::min(lowest, samples[i]);
      bits |= static_cast<std::uint32_t>(samples[i]);
    }
    const loops::Levels levels = GetParam().levels_s32(samples.data(), n);
    EXPECT_EQ(levels.highest, highest);
    EXPECT_EQ(levels.lowest, lowest);
    EXPECT_EQ(levels.bits, bits);
  }
}

/// Adds in the order that all sets guarantee.
template <class Sample>
loops::Powers plain_powers(const Sample* a, const Sample* b, std::size_t stride, std::size_t n) {
  std::array<std::array<float, 16>, 4> parts{};
  for (std::size_t i = 0; i < n; ++i) {
    const auto left = static_cast<float>(a[i * stride]), right = static_cast<float>(b[i * stride]);
    const float sum = left + right, difference = left - right;
    parts[0][i % 16] += left * left;
    parts[1][i % 16] += right * right;
    parts[2][i % 16] += sum * sum;
    parts[3][i % 16] += difference * difference;
  }
  const double full_scale = std::is_floating_point_v<Sample> ? 1 : std::exp2(8 * sizeof(Sample) - 1);
  std::array<double, 4> totals{};
  for (std::size_t k = 0; k < 4; ++k) {
    for (const float part : parts[k]) totals[k] += part;
    totals[k] /= full_scale * full_scale;
  }
  return {totals[0], totals[1], totals[2] / 4, totals[3] / 4};
}

template <class Sample>
void expect_powers(loops::Powers (*powers)(const Sample*, const Sample*, std::size_t, std::size_t),
                   unsigned seed) {
  const auto samples = make_noise<Sample>(3 * 100 + 2, seed);
  for (const std::size_t stride : {1U, 2U, 3U})
    for (const std::size_t apart : {0U, 1U, 2U})
      for (const std::size_t n : {0U, 1U, 15U, 16U, 17U, 64U, 99U}) {
        const loops::Powers got = powers(samples.data(), samples.data() + apart, stride, n),
                            want = plain_powers(samples.data(), samples.data() + apart, stride, n);
        ASSERT_EQ(got.a, want.a) << "stride " << stride << ", " << apart << " apart, n " << n;
        ASSERT_EQ(got.b, want.b) << "stride " << stride << ", " << apart << " apart, n " << n;
        ASSERT_EQ(got.mean, want.mean) << "stride " << stride << ", " << apart << " apart, n " << n;
        ASSERT_EQ(got.half_difference, want.half_difference)
            << "stride " << stride << ", " << apart << " apart, n " << n;
      }
}

TEST_P(SampleLoopsTest, PowersAreTheSameToTheLastBit) {
  expect_powers<std::int16_t>(GetParam().powers_s16, 10);
  expect_powers<std::int32_t>(GetParam().powers_s32, 11);
  expect_powers<float>(GetParam().powers_float, 12);
}

TEST_P(SampleLoopsTest, PowerIsExactForEveryCount) {
  auto samples = make_noise<std::int16_t>(140'000, 13);
  std::fill(samples.begin() + 1000, samples.begin() + 138'000, std::int16_t{-32768});
  for (const std::size_t n : {0U, 1U, 7U, 100U, 65'535U, 65'537U, 140'000U}) {
    std::int64_t sum = 0;
    std::uint64_t squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += samples[i];
      squares += static_cast<std::uint64_t>(std::int64_t{samples[i]} * samples[i]);
    }
    EXPECT_EQ(GetParam().power_s16(samples.data(), n).sum, sum) << n;
    EXPECT_EQ(GetParam().power_s16(samples.data(), n).squares, squares) << n;
  }
}

TEST_P(SampleLoopsTest, EnergiesAreThoseOfTheWholeTransform) {
  constexpr std::size_t n = 64;  // complex numbers, from 128 real ones
  const auto real = make_noise<float>(2 * n, 9);
  std::vector<float> half(2 * n + 2), cosines(n), sines(n), out(n);
  const double turn = 2 * std::acos(-1.0);
  for (std::size_t k = 0; k < n; ++k) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double angle = turn * static_cast<double>(i * k % n) / n;
      re += real[2 * i] * std::cos(angle) + real[2 * i + 1] * std::sin(angle);
      im += real[2 * i + 1] * std::cos(angle) - real[2 * i] * std::sin(angle);
    }
    half[2 * k] = static_cast<float>(re);
    half[2 * k + 1] = static_cast<float>(im);
    cosines[k] = static_cast<float>(std::cos(turn * static_cast<double>(k) / (2 * n)));
    sines[k] = static_cast<float>(std::sin(turn * static_cast<double>(k) / (2 * n)));
  }
  GetParam().energies(half.data(), n, cosines.data(), sines.data(), 1, n, out.data());
  for (std::size_t k = 1; k < n; ++k) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < 2 * n; ++i) {
      const double angle = turn * static_cast<double>(i * k % (2 * n)) / (2 * n);
      re += real[i] * std::cos(angle);
      im += real[i] * std::sin(angle);
    }
    EXPECT_NEAR(out[k], re * re + im * im, 1e-4 * (1 + re * re + im * im)) << k;
  }
}

std::vector<SampleLoops> supported_loops() {
  std::vector<SampleLoops> out;
  for (const SampleLoops& loops : all_sample_loops())
    if (loops.supported()) out.push_back(loops);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Every, SampleLoopsTest, testing::ValuesIn(supported_loops()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace echofold::audio_sample_loops_test
