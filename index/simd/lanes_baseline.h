// Runs on every processor: xsimd batches for the target of the build (SSE2 on x86-64, NEON on arm64).
//
// xsimd leaves weak symbols where the compiler does not inline. Here they are harmless, since this source
// has the flags of the whole program. The wider kernels use intrinsics, which leave none.
#pragma once

#include <xsimd/xsimd.hpp>

#include <cstddef>
#include <cstdint>

namespace echofold::simd {
namespace {

/// Counts by adding neighbouring bits, then pairs, then halves of bytes: needs no table and no special instruction.
struct BaselineLanes {
  using Vec = xsimd::batch<std::uint32_t>;
  using Counts = Vec;  // one counter per byte
  using Sum = std::uint64_t;
  static constexpr std::size_t items = Vec::size;
  static constexpr std::size_t block = 31;  // 31 * 8 bits is the most that fits into a byte
  static constexpr std::size_t band_width = 4;

  static Vec load(const std::uint32_t* p) noexcept { return Vec::load_unaligned(p); }
  static Vec load_part(const std::uint32_t* p, std::size_t n) noexcept {
    std::uint32_t padded[items] = {};
    for (std::size_t i = 0; i < n; ++i) padded[i] = p[i];
    return load(padded);
  }
  static Vec both(Vec x, Vec y) noexcept { return x & y; }
  static Vec differ(Vec x, Vec y) noexcept { return x ^ y; }
  static Counts no_counts() noexcept { return Vec(0u); }
  static Counts count(Counts counts, Vec x) noexcept {
    x = x - ((x >> 1) & Vec(0x55555555u));
    x = (x & Vec(0x33333333u)) + ((x >> 2) & Vec(0x33333333u));
    return counts + ((x + (x >> 4)) & Vec(0x0f0f0f0fu));
  }
  static Sum no_sum() noexcept { return 0; }
  static Sum widen(Sum sum, Counts counts) noexcept {
    const Vec pairs = (counts & Vec(0x00ff00ffu)) + ((counts >> 8) & Vec(0x00ff00ffu));
    const Vec quads = (pairs & Vec(0x0000ffffu)) + (pairs >> 16);
    std::uint32_t lanes[items];
    quads.store_unaligned(lanes);
    for (const std::uint32_t lane : lanes) sum += lane;
    return sum;
  }
  static std::uint64_t total(Sum sum) noexcept { return sum; }
};

}  // namespace
}  // namespace echofold::simd
