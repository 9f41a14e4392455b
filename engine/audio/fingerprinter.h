// Chromaprint's fingerprints behind one small class: samples in, raw items out. Nothing else includes chromaprint.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "index/model/fingerprint.h"

namespace echofold {

/// Fingerprints one stream of mono samples with algorithm TEST2 (id 1): the items that Chromaprint gives, in a third
/// of its time. An item that rounding could tip over is left to Chromaprint.
/// One thread at a time; separate objects are independent.
class Fingerprinter {
 public:
  static constexpr int rate_hz = 11025;  ///< Chromaprint's own rate: it resamples nothing

  Fingerprinter();  ///< @throws std::bad_alloc
  ~Fingerprinter();
  Fingerprinter(const Fingerprinter&) = delete;
  Fingerprinter& operator=(const Fingerprinter&) = delete;

  /// @throws Error Fault::io when Chromaprint has no memory
  void feed(std::span<const std::int16_t> mono_samples);
  /// Ends the stream and gives its items; empty for less audio than one item hears. Call once.
  std::vector<Item> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Raw items to the compressed text that AcoustID takes.
std::string encode_fingerprint_text(Items items);

/// Items that the first 120 s of a stream give: all that AcoustID compares.
inline constexpr std::size_t lookup_items = 948;

/// The fingerprint of a stream's first 120 s, as `fpcalc -length 120` prints it, from all items of the stream:
/// they begin with the same ones.
std::string lookup_fingerprint_text(Items items);

}  // namespace echofold
