// Seeded numbers that are the same on every machine.
#pragma once

#include <cstdint>

namespace echofold::synth {

/// Steele, Lea and Flood's SplitMix64: the state has 8 bytes, so that every track can have its own generator.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) noexcept : state_(seed) {}

  constexpr std::uint64_t operator()() noexcept {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }

  /// 0 .. count - 1; count below 2^32
  constexpr std::uint32_t below(std::uint32_t count) noexcept {
    return static_cast<std::uint32_t>(((*this)() >> 32) * count >> 32);
  }
  /// from .. to, both inclusive
  constexpr std::uint32_t between(std::uint32_t from, std::uint32_t to) noexcept {
    return from + below(to - from + 1);
  }
  /// 0 .. 1
  constexpr double real() noexcept { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

/// A generator for one purpose: those with different purposes or numbers are independent.
constexpr Random random_for(std::uint64_t seed, std::uint64_t purpose, std::uint64_t number) noexcept {
  Random a(seed ^ purpose * 0xd1342543de82ef95u);
  Random b(a() + number);
  return Random(b());
}

}  // namespace echofold::synth
