// libav's complex transform: even samples are its real parts, odd ones its imaginary parts.
#include "engine/audio/power_spectrum.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <numbers>

#include "engine/audio/libav.h"
#include "engine/audio/simd/sample_loops.h"
#include "index/base/handle.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

namespace echofold {
namespace {

using Floats = Handle<float[], av_free>;  // aligned as the transform requires

Floats allocate(std::size_t count) {
  Floats memory(static_cast<float*>(av_calloc(count, sizeof(float))));
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

struct PowerSpectrum::Transform {
  explicit Transform(std::size_t samples)
      : count(samples), in(allocate(samples)), out(allocate(samples + 2)) {
    const float scale = 1;
    AVTXContext* raw = nullptr;
    if (av_tx_init(&raw, &run, AV_TX_FLOAT_FFT, 0, static_cast<int>(samples / 2), &scale, 0) < 0)
      throw std::bad_alloc();
    context.reset(raw);
  }

  std::size_t count;
  HandleByAddress<AVTXContext, av_tx_uninit> context;
  av_tx_fn run = nullptr;
  Floats in, out;
};

PowerSpectrum::PowerSpectrum(std::size_t samples, std::size_t first, std::size_t end)
    : first_(first), transform_(std::make_unique<Transform>(samples)), energies_(end) {
  for (std::size_t k = 0; k < end; ++k) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(samples);
    cosines_.push_back(static_cast<float>(std::cos(angle)));
    sines_.push_back(static_cast<float>(std::sin(angle)));
  }
}

PowerSpectrum::~PowerSpectrum() = default;
PowerSpectrum::PowerSpectrum(PowerSpectrum&&) noexcept = default;

std::span<float> PowerSpectrum::window() noexcept { return {transform_->in.get(), transform_->count}; }

std::span<const float> PowerSpectrum::compute() {
  Transform& t = *transform_;
  t.run(t.context.get(), t.out.get(), t.in.get(), 2 * sizeof(float));
  sample_loops().energies(t.out.get(), t.count / 2, cosines_.data(), sines_.data(),
                          std::max<std::size_t>(first_, 1), energies_.size(), energies_.data());
  if (first_ == 0) energies_[0] = (t.out[0] + t.out[1]) * (t.out[0] + t.out[1]);
  return std::span(energies_).subspan(first_);
}

}  // namespace echofold
