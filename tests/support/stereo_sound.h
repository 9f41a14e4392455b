// Sound with two channels, made by the test: sines, noise, and something that is like music. Deterministic.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace echofold::test {

/// One channel; full scale is 1.
using Samples = std::vector<float>;

struct StereoSound {
  int rate_hz = 44'100;
  Samples left, right;

  std::size_t at(double seconds) const { return static_cast<std::size_t>(std::llround(seconds * rate_hz)); }
};

inline Samples sine(double hz, double amplitude, std::size_t count, int rate_hz = 44'100) {
  Samples out(count);
  for (std::size_t i = 0; i < count; ++i)
    out[i] = static_cast<float>(amplitude *
                                std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / rate_hz));
  return out;
}

/// The same on every machine, unlike the distributions of the standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  /// low .. high
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_() >> 11) / 9007199254740992.0;
  }

 private:
  std::mt19937_64 random_;
};

inline Samples noise(std::uint64_t seed, double amplitude, std::size_t count) {
  Dice dice(seed);
  Samples out(count);
  for (float& sample : out) sample = static_cast<float>(dice.between(-amplitude, amplitude));
  return out;
}

/// Adds a note of six harmonics with vibrato, which decays.
inline void add_note(StereoSound& sound, double begin_s, double length_s, double hz, double level,
                     double pan) {
  const std::size_t first = sound.at(begin_s), count = sound.at(length_s);
  double phase = 0;
  for (std::size_t i = 0; i < count && first + i < sound.left.size(); ++i) {
    const double t = static_cast<double>(i) / sound.rate_hz;
    phase +=
        2 * std::numbers::pi * hz * (1 + 0.004 * std::sin(2 * std::numbers::pi * 5.3 * t)) / sound.rate_hz;
    const double twice_cosine = 2 * std::cos(phase);
    double before = 0, harmonic = std::sin(phase), sum = 0;
    for (int k = 1; k <= 6; ++k) {
      sum += harmonic / k;
      before = std::exchange(harmonic, twice_cosine * harmonic - before);
    }
    const double envelope = std::min(1.0, t / 0.01) * std::exp(-2 * t / length_s);
    sound.left[first + i] += static_cast<float>(sum * level * envelope * (1 - pan));
    sound.right[first + i] += static_cast<float>(sum * level * envelope * pan);
  }
}

/// Adds a stroke of noise that is partly different left and right.
inline void add_stroke(StereoSound& sound, double begin_s, double level, Dice& dice) {
  const std::size_t first = sound.at(begin_s), count = sound.at(0.2);
  for (std::size_t i = 0; i < count && first + i < sound.left.size(); ++i) {
    const double envelope = level * std::exp(-static_cast<double>(i) / sound.rate_hz / 0.03);
    const double both = dice.between(-1, 1), apart = dice.between(-0.4, 0.4);
    sound.left[first + i] += static_cast<float>(envelope * (both + apart));
    sound.right[first + i] += static_cast<float>(envelope * (both - apart));
  }
}

/// Chords, a bass and strokes of noise, placed between left and right. Each `seed` is another piece.
inline StereoSound made_music(std::uint64_t seed, double seconds, int rate_hz = 44'100) {
  StereoSound sound{rate_hz, {}, {}};
  sound.left.assign(sound.at(seconds), 0);
  sound.right = sound.left;
  Dice dice(seed);
  const auto note_hz = [&](double base) { return base * std::exp2(std::floor(dice.between(0, 24)) / 12); };
  for (double t = 0; t < seconds; t += dice.between(0.3, 0.5)) {
    for (int i = 0; i < 4; ++i) add_note(sound, t, 1.2, note_hz(200), 0.09, dice.between(0.15, 0.85));
    add_note(sound, t, 0.8, note_hz(60), 0.12, 0.5);
    add_stroke(sound, t + dice.between(0, 0.1), dice.between(0.05, 0.15), dice);
  }
  return sound;
}

/// 16 bits a sample, one or more channels of equal length.
inline void write_wav(const std::filesystem::path& path, int rate_hz, const std::vector<Samples>& channels) {
  std::string wav;
  const auto put = [&](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) wav += static_cast<char>(value >> (8 * i));
  };
  const std::uint64_t rate = static_cast<std::uint64_t>(rate_hz), frame = 2 * channels.size(),
                      bytes = frame * channels[0].size();
  wav += "RIFF", put(36 + bytes, 4), wav += "WAVEfmt ", put(16, 4), put(1, 2), put(channels.size(), 2);
  put(rate, 4), put(rate * frame, 4), put(frame, 2), put(16, 2), wav += "data", put(bytes, 4);
  wav.reserve(wav.size() + bytes);
  for (std::size_t i = 0; i < channels[0].size(); ++i)
    for (const Samples& channel : channels) {
      const float value = std::clamp(channel[i] * 32'768.0F, -32'768.0F, 32'767.0F);
      put(static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lround(value))), 2);
    }
  std::ofstream(path, std::ios::binary) << wav;
}

inline void write_wav(const std::filesystem::path& path, const StereoSound& sound) {
  write_wav(path, sound.rate_hz, {sound.left, sound.right});
}

}  // namespace echofold::test
