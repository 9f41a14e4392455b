// Reads the filter with single pulses, so far apart that a filter never covers two: each output of swresample is then
// one of its taps.
#include "engine/audio/fir_bank.h"

#include <new>
#include <numeric>
#include <type_traits>

#include "engine/audio/swr.h"

namespace echofold {
namespace {

/// The lowest 16-bit number returns the taps exactly: -32768 * tap / 32768, without clipping.
template <class Tap>
constexpr Tap pulse = std::is_floating_point_v<Tap> ? Tap{1} : Tap{-32768};
template <class Tap>
constexpr AVSampleFormat format = std::is_floating_point_v<Tap> ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16P;

template <class Tap>
std::vector<Tap> resampled(const std::vector<Tap>& in, int in_rate_hz, int out_rate_hz) {
  AVChannelLayout mono{};
  av_channel_layout_default(&mono, 1);
  const av::Resampler swr = make_swr({format<Tap>, in_rate_hz, format<Tap>, out_rate_hz}, mono);
  if (!swr) throw std::bad_alloc();
  std::vector<Tap> out(in.size());
  auto* to = reinterpret_cast<std::uint8_t*>(out.data());
  const auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
  const int got =
      swr_convert(swr.get(), &to, static_cast<int>(out.size()), &from, static_cast<int>(in.size()));
  if (got < 0) throw std::bad_alloc();
  out.resize(static_cast<std::size_t>(got));
  return out;
}

/// A distance that has no factor in common with `step`: the pulses then meet every tap of every phase.
std::size_t distance_of_pulses(std::size_t length, std::size_t step) {
  std::size_t distance = length + 1;
  while (std::gcd(distance, step) != 1) ++distance;
  return distance;
}

}  // namespace

bool has_fir_bank(int in_rate_hz, int out_rate_hz) noexcept {
  return in_rate_hz > out_rate_hz && out_rate_hz / std::gcd(in_rate_hz, out_rate_hz) <= swr_phases;
}

template <class Tap>
FirBank<Tap> read_fir_bank(int in_rate_hz, int out_rate_hz) {
  FirBank<Tap> bank;
  const int common = std::gcd(in_rate_hz, out_rate_hz);
  bank.phases = static_cast<std::size_t>(out_rate_hz / common);
  bank.step = static_cast<std::size_t>(in_rate_hz / common);
  bank.length = swr_filter_length(in_rate_hz, out_rate_hz);
  constexpr std::size_t lanes = std::is_floating_point_v<Tap> ? 16 : 32;  // as loops::Filter requires
  bank.padded = (bank.length + lanes - 1) / lanes * lanes;
  bank.taps.resize(bank.phases * bank.padded);

  const std::size_t distance = distance_of_pulses(bank.length, bank.step);
  const std::size_t outputs = bank.phases * distance + 2 * bank.length;
  std::vector<Tap> in(outputs * bank.step / bank.phases + 4 * bank.length);
  for (std::size_t i = 0; i < in.size(); i += distance) in[i] = pulse<Tap>;
  const std::vector<Tap> out = resampled(in, in_rate_hz, out_rate_hz);
  for (std::size_t n = bank.length; n < out.size();
       ++n) {  // earlier outputs use the start twice: it is mirrored
    const std::size_t start = n * bank.step / bank.phases - bank.before();
    const std::size_t tap = (distance - start % distance) % distance;
    const Tap value = std::is_floating_point_v<Tap> ? out[n] : static_cast<Tap>(-out[n]);
    if (tap < bank.length) bank.taps[n * bank.step % bank.phases * bank.padded + tap] = value;
  }
  return bank;
}

template FirBank<float> read_fir_bank<float>(int, int);
template FirBank<std::int16_t> read_fir_bank<std::int16_t>(int, int);

}  // namespace echofold
