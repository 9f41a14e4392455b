// The spectrogram of a part of a file.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/audio/power_spectrum.h"
#include "engine/media/media_parts.h"

namespace echofold {
namespace {

constexpr int rate_hz = 44'100;
constexpr std::size_t window_samples = 4096;  ///< 93 ms: bins of 10.8 Hz
constexpr std::size_t bins = 1500;            ///< up to 16.1 kHz

/// The samples of the part, as one channel, with half a window before and after it, so that its edges have a spectrum.
std::vector<float> samples_of(StereoReader& reader, double from_s, double length_s) {
  constexpr std::size_t half = window_samples / 2;
  const auto first = static_cast<std::size_t>(std::llround(from_s * rate_hz));
  const auto count = static_cast<std::size_t>(std::llround(length_s * rate_hz));
  std::vector<float> out(first >= half ? 0 : half - first);  // silence before the beginning
  const std::size_t begin = first >= half ? first - half : 0, end = first + count + half;
  for (std::size_t at = 0; at < end;) {
    const auto samples = reader.read();
    if (samples.empty()) break;
    const std::size_t from = std::clamp(begin, at, at + samples.size()) - at;
    const std::size_t to = std::clamp(end, at, at + samples.size()) - at;
    for (std::size_t i = from; i < to; ++i) out.push_back(samples[i].mid);
    at += samples.size();
  }
  return out;
}

/// Of a band: its bins, at least one.
struct Band {
  std::size_t first = 0, end = 0;
};

std::array<Band, spectrogram_rows> bands() {
  std::array<Band, spectrogram_rows> out;
  const double step = std::log(spectrogram_high_hz / spectrogram_low_hz) / spectrogram_rows;
  const auto bin_at = [&](double row) {
    return spectrogram_low_hz * std::exp(step * row) * window_samples / rate_hz;
  };
  for (std::size_t row = 0; row < out.size(); ++row) {
    const double low = bin_at(static_cast<double>(row)), high = bin_at(static_cast<double>(row) + 1);
    out[row].first = std::min(bins - 1, static_cast<std::size_t>(std::lround(low)));
    out[row].end = std::clamp(static_cast<std::size_t>(std::lround(high)), out[row].first + 1, bins);
  }
  return out;
}

std::vector<float> hann() {
  std::vector<float> out(window_samples);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / window_samples));
  return out;
}

char byte_of(double power) noexcept {
  // A sine at full scale has window_samples / 4 in its bin: half of its amplitude, and half of it by the window.
  constexpr double full = (window_samples / 4.0) * (window_samples / 4.0);
  const double db = 10 * std::log10(power / full + 1e-12);
  return static_cast<char>(
      static_cast<unsigned char>(std::lround(std::clamp(1 - db / spectrogram_floor_db, 0.0, 1.0) * 255)));
}

}  // namespace

Media spectrogram_of(StereoReader& reader, double from_s, double length_s) {
  reader.convert_to(rate_hz);
  const std::vector<float> samples = samples_of(reader, from_s, length_s);
  Media media;
  if (samples.size() < window_samples) return media;  // there is nothing at this place
  const std::size_t places = samples.size() - window_samples;
  // Not closer than an eighth of a window: more would show nothing new.
  media.columns = static_cast<std::uint32_t>(
      std::clamp<std::size_t>(places * 8 / window_samples, 1, most_spectrogram_columns));
  media.bytes.assign(std::size_t{spectrogram_rows} * media.columns, '\0');
  const auto bands_of_rows = bands();
  const std::vector<float> window = hann();
  PowerSpectrum spectrum(window_samples, 0, bins);
  for (std::uint32_t column = 0; column < media.columns; ++column) {
    const auto at = static_cast<std::size_t>((column + 0.5) * static_cast<double>(places) / media.columns);
    const auto in = spectrum.window();
    for (std::size_t i = 0; i < window_samples; ++i) in[i] = samples[at + i] * window[i];
    const auto power = spectrum.compute();
    for (std::size_t row = 0; row < spectrogram_rows; ++row) {
      const Band& band = bands_of_rows[row];
      const float loudest = *std::max_element(power.begin() + static_cast<std::ptrdiff_t>(band.first),
                                              power.begin() + static_cast<std::ptrdiff_t>(band.end));
      media.bytes[row * media.columns + column] = byte_of(loudest);
    }
  }
  return media;
}

}  // namespace echofold
