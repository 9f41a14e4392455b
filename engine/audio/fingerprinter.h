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

/// Fingerprints one stream of mono samples with algorithm TEST2 (id 1). Gives the same items as Chromaprint in a
/// third of its time. If an item is so close to a threshold that rounding decides, Chromaprint computes it.
/// One thread at a time; separate objects are independent.
class Fingerprinter {
 public:
  static constexpr int rate_hz = 11025;  ///< Chromaprint's own rate, so it does not resample

  Fingerprinter();  ///< @throws std::bad_alloc
  ~Fingerprinter();
  Fingerprinter(const Fingerprinter&) = delete;
  Fingerprinter& operator=(const Fingerprinter&) = delete;

  /// @throws Error Fault::io when Chromaprint is out of memory
  void feed(std::span<const std::int16_t> mono_samples);
  /// Ends the stream and returns its items; empty if there was less audio than one item covers. Call once.
  std::vector<Item> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Encodes raw items as the compressed text that AcoustID takes.
std::string encode_fingerprint_text(Items items);

/// How many items the first 120 s of a stream give. AcoustID compares no more.
inline constexpr std::size_t lookup_items = 948;

/// The fingerprint of a stream's first 120 s, as `fpcalc -length 120` prints it.
/// @param items  of the whole stream, which begin with the same ones
std::string lookup_fingerprint_text(Items items);

}  // namespace echofold
