// libav's real transform, and logarithms of what comes out.
#include "engine/audio/spectrogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <new>
#include <numbers>

#include "engine/audio/libav.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

namespace echofold {
namespace {

constexpr double quietest_db = -200;

/// About 46 ms, so that a bin is about 21.5 Hz wide at every rate.
std::size_t window_samples_at(int sample_rate_hz) {
  constexpr unsigned per_second = 21;
  constexpr unsigned shortest = 256, longest = 16384;
  return std::bit_floor(std::clamp(static_cast<unsigned>(sample_rate_hz) / per_second, shortest, longest));
}

struct FreesMemory {
  void operator()(void* memory) const noexcept { av_free(memory); }
};
template <class T>
using Memory = std::unique_ptr<T[], FreesMemory>;  // aligned as the transform wants it

template <class T>
Memory<T> allocate(std::size_t count) {
  Memory<T> memory(static_cast<T*>(av_calloc(count, sizeof(T))));
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

struct Spectrogram::Transform {
  explicit Transform(std::size_t samples)
      : in(allocate<float>(samples)), out(allocate<AVComplexFloat>(samples / 2 + 1)) {
    const float scale = 1;
    AVTXContext* raw = nullptr;
    if (av_tx_init(&raw, &run, AV_TX_FLOAT_RDFT, 0, static_cast<int>(samples), &scale, 0) < 0)
      throw std::bad_alloc();
    context.reset(raw);
  }

  std::unique_ptr<AVTXContext, av::FreesByAddress<av_tx_uninit>> context;
  av_tx_fn run = nullptr;
  Memory<float> in;
  Memory<AVComplexFloat> out;
};

Spectrogram::Spectrogram(int sample_rate_hz)
    : sample_rate_hz_(sample_rate_hz),
      period_samples_(0),
      hann_(window_samples_at(sample_rate_hz)),
      transform_(std::make_unique<Transform>(hann_.size())) {
  period_samples_ = std::max(hann_.size(), static_cast<std::size_t>(sample_rate_hz) / 8);
  const double step = 2 * std::numbers::pi / static_cast<double>(hann_.size());
  for (std::size_t i = 0; i < hann_.size(); ++i) {
    hann_[i] = static_cast<float>(0.5 - 0.5 * std::cos(step * static_cast<double>(i)));
    square_sum_ += double{hann_[i]} * hann_[i];
  }
}

Spectrogram::~Spectrogram() = default;
Spectrogram::Spectrogram(Spectrogram&&) noexcept = default;

double Spectrogram::band_hz() const noexcept {
  return static_cast<double>(bins_a_band) * sample_rate_hz_ / static_cast<double>(hann_.size());
}

void Spectrogram::add(std::span<const float> window, bool clean) {
  if (windows() == most_windows) thin_out();
  Transform& t = *transform_;
  for (std::size_t i = 0; i < hann_.size(); ++i) t.in[i] = window[i] * hann_[i];
  t.run(t.context.get(), t.out.get(), t.in.get(), sizeof(float));
  const double bin_scale = 1 / (square_sum_ * bins_a_band);
  const AVComplexFloat* bin = t.out.get();
  for (std::size_t band = 0; band < bands(); ++band) {
    float square = 0;
    for (std::size_t i = 0; i < bins_a_band; ++i, ++bin) square += bin->re * bin->re + bin->im * bin->im;
    const double db = square > 0 ? 10 * std::log10(square * bin_scale) : quietest_db;
    levels_.push_back(static_cast<std::int16_t>(std::lround(std::max(db, quietest_db))));
  }
  clean_.push_back(clean);
}

std::span<const std::int16_t> Spectrogram::levels(std::size_t window) const {
  return std::span(levels_).subspan(window * bands(), bands());
}

void Spectrogram::thin_out() {
  const auto count = static_cast<std::ptrdiff_t>(bands());
  auto to = levels_.begin();
  for (std::size_t i = 0; i < windows(); i += 2) {
    to = std::copy_n(levels_.begin() + static_cast<std::ptrdiff_t>(i) * count, count, to);
    clean_[i / 2] = clean_[i];
  }
  levels_.erase(to, levels_.end());
  clean_.resize((clean_.size() + 1) / 2);
  period_samples_ *= 2;
}

}  // namespace echofold
