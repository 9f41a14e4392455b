// One complex transform gives two real ones: Z[k] and Z[n - k] mix the two spectra in two ways.
#include "engine/audio/stereo_spectrum.h"

#include <new>

#include "engine/audio/libav.h"
#include "index/base/handle.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

namespace echofold {
namespace {

using Numbers = Handle<AVComplexFloat[], av_free>;  // aligned as the transform requires

Numbers allocate(std::size_t count) {
  Numbers memory(static_cast<AVComplexFloat*>(av_calloc(count, sizeof(AVComplexFloat))));
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

struct StereoSpectrum::Transform {
  explicit Transform(std::size_t samples) : count(samples), in(allocate(samples)), out(allocate(samples)) {
    const float scale = 1;
    AVTXContext* raw = nullptr;
    if (av_tx_init(&raw, &run, AV_TX_FLOAT_FFT, 0, static_cast<int>(samples), &scale, 0) < 0)
      throw std::bad_alloc();
    context.reset(raw);
  }

  std::size_t count;
  HandleByAddress<AVTXContext, av_tx_uninit> context;
  av_tx_fn run = nullptr;
  Numbers in, out;
};

StereoSpectrum::StereoSpectrum(std::size_t samples, std::size_t end)
    : transform_(std::make_unique<Transform>(samples)), mid_(end), side_(end) {}
StereoSpectrum::~StereoSpectrum() = default;
StereoSpectrum::StereoSpectrum(StereoSpectrum&&) noexcept = default;

void StereoSpectrum::compute(std::span<const MidSide> samples, std::span<const float> window) {
  Transform& t = *transform_;
  for (std::size_t i = 0; i < t.count; ++i)
    t.in[i] = {samples[i].mid * window[i], samples[i].side * window[i]};
  t.run(t.context.get(), t.out.get(), t.in.get(), sizeof(AVComplexFloat));
  for (std::size_t k = 0; k < mid_.size(); ++k) {
    const AVComplexFloat z = t.out[k], y = t.out[(t.count - k) % t.count];
    mid_[k] = {(z.re + y.re) / 2, (z.im - y.im) / 2};
    side_[k] = {(z.im + y.im) / 2, (y.re - z.re) / 2};
  }
}

}  // namespace echofold
