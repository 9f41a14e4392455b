// What one aligned pair of fingerprints shows: numbers only, no judgement.
#pragma once

#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// A further run of matching items at another offset than the main one.
struct Segment {
  std::int32_t offset_items = 0;  ///< as Evidence::offset_items
  std::uint32_t from_item = 0;    ///< in a
  std::uint32_t count_items = 0;
  bool operator==(const Segment&) const = default;
};

/// All numbers that describe one aligned pair (a, b).
///
/// Bit error rates are 0 .. 1 per bit. "Informative" items are non-silent on both sides and differ in at
/// least 2 bits from the item before them; `ber`, `corrected_ber` and the strip are over those alone. Where
/// there are none, `ber` and `corrected_ber` are the plain rate over the whole overlap.
struct Evidence {
  static constexpr double not_measured = 1;  ///< short_ber of a pair that an older version measured

  std::int32_t offset_items = 0;  ///< b[0] lies beside a[offset_items]: a[i] is compared with b[i - offset]
  double phase_items = 0;         ///< -0.5 .. 0.5, to be added to offset_items
  double ber = 1;                 ///< at offset_items
  double self_ber = 0;            ///< s: mean over both of each against its neighbour, on the side of phase
  double corrected_ber = 1;       ///< c: what is left without the shift of a part of an item
  double contrast = 0;  ///< 5th percentile of the BER at offsets 9..100 away, minus that at this one;
                        ///< of the matching windows where they are a part, else of the whole overlap;
                        ///< 0 where no such offset has overlap enough: can't tell
  std::uint32_t overlap_items = 0;
  std::uint32_t informative_items = 0;
  std::uint32_t silent_items = 0;   ///< within the overlap, silent on at least one side
  double coverage_shorter = 0;      ///< share of the shorter track inside the overlap, 0 .. 1
  double coverage_longer = 0;       ///< share of the longer track inside the overlap, 0 .. 1
  double unmatched_head_s = 0;      ///< audible seconds before the overlap, the greater of a's and b's
  double unmatched_tail_s = 0;      ///< audible seconds after the overlap, the greater of a's and b's
  std::vector<std::uint8_t> strip;  ///< corrected BER of each 8 s window of the overlap in 1/255 of 0.5;
                                    ///< 254 where one of the two is silent for most of it,
                                    ///< `strip_unknown` where it has too few informative items
  std::vector<Segment> segments;    ///< further matching runs, longest first, at most 8
  double short_ber = 0;  ///< corrected BER of the worst run of a few items (short_runs.h), or not_measured
  std::uint32_t short_item = 0;     ///< where that run begins, in a
  std::uint32_t unknown_items = 0;  ///< of the overlap: not compared, nor silent or held alike on both sides
  bool operator==(const Evidence&) const = default;

  double similarity() const noexcept { return 1.0 - corrected_ber; }
  double offset_s() const noexcept { return items_to_seconds(offset_items + phase_items); }
  double overlap_s() const noexcept { return audio_seconds(overlap_items); }
  double unknown_s() const noexcept { return items_to_seconds(unknown_items); }
};

inline constexpr std::uint8_t strip_unknown = 255;  ///< a window whose BER says nothing
inline constexpr double strip_window_s = 8.0;
inline constexpr double matching_window_ber = 0.12;  ///< a window matches up to this corrected BER
/// The BER behind one value of the strip (not strip_unknown).
constexpr double strip_ber(std::uint8_t value) noexcept { return value * 0.5 / 254.0; }

}  // namespace echofold
