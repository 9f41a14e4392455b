// Owns the context and both buffers.
#include "engine/audio/complex_transform.h"

#include <new>

#include "index/base/handle.h"

extern "C" {
#include <libavutil/mem.h>
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

struct ComplexTransform::Impl {
  Impl(std::size_t elements, Direction direction)
      : count(elements), in(allocate(elements)), out(allocate(elements + 1)) {
    const float scale = 1;
    AVTXContext* raw = nullptr;
    if (av_tx_init(&raw, &run, AV_TX_FLOAT_FFT, direction == Direction::backward ? 1 : 0,
                   static_cast<int>(elements), &scale, 0) < 0)
      throw std::bad_alloc();
    context.reset(raw);
  }

  std::size_t count;
  HandleByAddress<AVTXContext, av_tx_uninit> context;
  av_tx_fn run = nullptr;
  Numbers in, out;
};

ComplexTransform::ComplexTransform(std::size_t count, Direction direction)
    : impl_(std::make_unique<Impl>(count, direction)) {}
ComplexTransform::~ComplexTransform() = default;
ComplexTransform::ComplexTransform(ComplexTransform&&) noexcept = default;

std::span<AVComplexFloat> ComplexTransform::in() noexcept { return {impl_->in.get(), impl_->count}; }
std::span<AVComplexFloat> ComplexTransform::out() noexcept { return {impl_->out.get(), impl_->count + 1}; }

void ComplexTransform::run() {
  impl_->run(impl_->context.get(), impl_->out.get(), impl_->in.get(), sizeof(AVComplexFloat));
}

}  // namespace echofold
