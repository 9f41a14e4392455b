// A hash of what a decoder is given: equal hash, equal samples, whatever tags and pictures are around it.
#pragma once

#include <cstdint>

#include "engine/audio/input.h"
#include "index/base/hash.h"
#include "index/model/record.h"

namespace echofold {

/// Over the bytes of the audio stream's packets, what the codec is set up with, and the samples that the container
/// wants dropped (an encoder's delay). Of Vorbis' set-up the comments are left out.
class PayloadHash {
 public:
  PayloadHash(const Input& input, std::uint64_t seed) : input_(input), packets_(seed), around_(seed) {}

  /// In the order of the stream.
  void take(const AVPacket& packet) noexcept;

  /// Unknown when there was no packet, or when the stream was set up anew in its middle (chained Ogg).
  AudioHashes finish();

 private:
  const Input& input_;
  StreamHash packets_, around_;
  std::uint64_t bytes_ = 0;
  bool one_stream_ = true;
};

}  // namespace echofold
