// See loudness.h.
#include "engine/media/loudness.h"

#include <ebur128.h>

#include <cmath>
#include <new>

namespace echofold {

struct Loudness::State {
  State(unsigned channels, unsigned rate_hz) : meter(ebur128_init(channels, rate_hz, EBUR128_MODE_I)) {
    if (meter == nullptr) throw std::bad_alloc();
  }
  ~State() { ebur128_destroy(&meter); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  ebur128_state* meter;
};

Loudness::Loudness(unsigned rate_hz, unsigned channels)
    : state_(std::make_unique<State>(channels, rate_hz)) {}
Loudness::~Loudness() = default;

void Loudness::add(std::span<const float> samples) {
  if (ebur128_add_frames_float(state_->meter, samples.data(), samples.size() / state_->meter->channels) !=
      EBUR128_SUCCESS)
    throw std::bad_alloc();
}

std::optional<double> Loudness::lufs() const {
  double value = 0;
  if (ebur128_loudness_global(state_->meter, &value) != EBUR128_SUCCESS || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace echofold
