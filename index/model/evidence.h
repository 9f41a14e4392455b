// Evidence: the measurements of one aligned pair of fingerprints, without a judgement.
#pragma once

#include <cstdint>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// A further run of matching items at another offset than the main one.
struct Segment {
  std::int32_t offset_items = 0;  ///< as Evidence::offset_items
  std::uint32_t from_item = 0;    ///< the first item in a
  std::uint32_t count_items = 0;
  bool operator==(const Segment&) const = default;
};

/// All numbers that describe one aligned pair (a, b).
///
/// Bit error rates are 0 .. 1 per bit. "Informative" items are not silent in either track and differ in at
/// least 2 bits from the item before them; `ber`, `corrected_ber` and the strip are over these alone. Where
/// there are none, `ber` and `corrected_ber` are the plain rate over the whole overlap.
struct Evidence {
  static constexpr double not_measured = 1;  ///< short_ber of a pair that an older version measured

  std::int32_t offset_items = 0;  ///< b[0] is at a[offset_items]: a[i] is compared with b[i - offset]
  double phase_items = 0;         ///< -0.5 .. 0.5, to be added to offset_items
  double ber = 1;                 ///< at offset_items
  double self_ber = 0;            ///< s: the BER of items against their neighbours on the side of the phase,
                                  ///< mean of both tracks
  double corrected_ber = 1;       ///< c: the BER without the part that comes from the phase
  double contrast = 0;  ///< 5th percentile of the BER at offsets 9..100 away, minus that at this one;
                        ///< over the matching windows where only a part matches, else over the whole
                        ///< overlap; 0 (not known) where no such offset has enough overlap
  std::uint32_t overlap_items = 0;
  std::uint32_t informative_items = 0;
  std::uint32_t silent_items = 0;   ///< items of the overlap that are silent in at least one track
  double coverage_shorter = 0;      ///< share of the shorter track inside the overlap, 0 .. 1
  double coverage_longer = 0;       ///< share of the longer track inside the overlap, 0 .. 1
  double unmatched_head_s = 0;      ///< audible seconds before the overlap, the greater of a's and b's
  double unmatched_tail_s = 0;      ///< audible seconds after the overlap, the greater of a's and b's
  std::vector<std::uint8_t> strip;  ///< corrected BER of each 8 s window of the overlap in 1/255 of 0.5;
                                    ///< 254 where only one track is silent for most of the window,
                                    ///< `strip_unknown` where it has too few informative items
  std::vector<Segment> segments;    ///< further matching runs, longest first, at most 8
  double short_ber = 0;  ///< corrected BER of the worst run of a few items (short_runs.h), or not_measured
  std::uint32_t short_item = 0;     ///< where that run begins, in a
  std::uint32_t unknown_items = 0;  ///< of the overlap: neither compared, nor silent or held alike in both
  double speed =
      1;  ///< b plays so many times as fast as a; other than 1, all is measured along a line (line.h)
  bool operator==(const Evidence&) const = default;

  bool has_other_speed() const noexcept { return speed != 1; }
  double similarity() const noexcept { return 1.0 - corrected_ber; }
  double offset_s() const noexcept { return items_to_seconds(offset_items + phase_items); }
  double overlap_s() const noexcept { return audio_seconds(overlap_items); }
  double unknown_s() const noexcept { return items_to_seconds(unknown_items); }
};

inline constexpr std::uint8_t strip_unknown = 255;  ///< the value of a window whose BER says nothing
inline constexpr double strip_window_s = 8.0;
inline constexpr double matching_window_ber = 0.12;  ///< a window matches up to this corrected BER
/// The BER that a value of the strip stands for (not strip_unknown).
constexpr double strip_ber(std::uint8_t value) noexcept { return value * 0.5 / 254.0; }

}  // namespace echofold
