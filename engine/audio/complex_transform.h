// libav's complex Fourier transform with memory of its own.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "engine/audio/libav.h"

extern "C" {
#include <libavutil/tx.h>
}

namespace echofold {

/// Unscaled: there and back multiplies by the number of elements.
class ComplexTransform {
 public:
  enum class Direction { forward, backward };

  /// @param count  of elements: one that libav has a transform for, such as a power of two up to 2^17
  /// @throws std::bad_alloc
  explicit ComplexTransform(std::size_t count, Direction direction = Direction::forward);
  ~ComplexTransform();
  ComplexTransform(ComplexTransform&&) noexcept;

  /// The caller fills it before each run(). Zero at first.
  std::span<AVComplexFloat> in() noexcept;
  /// Of the last run(), and one further element that stays zero.
  std::span<AVComplexFloat> out() noexcept;
  void run();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
