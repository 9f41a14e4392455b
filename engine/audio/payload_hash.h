// A hash of what a decoder gets: equal hashes mean equal samples, whatever tags and pictures surround them.
#pragma once

#include <cstdint>

#include "engine/audio/input.h"
#include "index/base/hash.h"
#include "index/model/record.h"

namespace echofold {

/// Covers the bytes of the audio stream's packets, the codec's setup data, and the count of samples that the
/// container wants dropped (an encoder's delay). The comments in Vorbis' setup data are left out.
class PayloadHash {
 public:
  PayloadHash(const Input& input, std::uint64_t seed) : input_(input), packets_(seed), around_(seed) {}

  /// Takes the packets in the order of the stream.
  void add(const AVPacket& packet) noexcept;

  /// Unknown if there was no packet, or if the setup changed within the stream (chained Ogg).
  AudioHashes finish();

 private:
  const Input& input_;
  StreamHash packets_, around_;
  std::uint64_t bytes_ = 0;
  bool one_stream_ = true;
};

}  // namespace echofold
