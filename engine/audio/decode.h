// The audio stream of an Input to mono samples, and what decoding it showed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "engine/audio/input.h"
#include "engine/audio/signal_meter.h"
#include "index/record.h"

namespace echofold {

struct Decoded {
  double seconds = 0;              ///< decoded, at the stream's own rate
  std::uint64_t packet_bytes = 0;  ///< of the stream's packets that were read
  std::uint64_t frames = 0;
  std::uint32_t frames_skipped = 0;  ///< frames and parts of the container that made no sense
  bool whole = true;                 ///< false: the limit came before the end
  bool hybrid_wavpack = false;       ///< WavPack without its correction file: lossy
  int bits_per_raw_sample = 0;       ///< as the decoder says after the last frame; 0 unknown
  int sample_rate_hz = 0;            ///< of the first frame
  int channels = 0;                  ///< of the first frame
  AudioHashes hashes;                ///< unknown unless all of it was decoded without a fault
};

using SampleSink = std::function<void(std::span<const std::int16_t>)>;

/// Reads all packets of `input` and decodes none. @return hashes without that of the samples; unknown when a part of
/// the container made no sense
/// @throws Error Fault::io, Fault::interrupted
AudioHashes hash_payload(Input& input, std::uint64_t seed);

/// Decodes `input` to mono samples at `rate_hz`. Blocks arrive in order, never empty.
///
/// A frame that the codec rejects is skipped and counted: one damaged frame must not hide a readable track.
/// Silence of its length takes its place, so that what follows keeps its time.
/// @param meter  is fed with every frame that was decoded, as it is
/// @param limit  stop after this much audio; zero means the whole stream
/// @throws Error  Fault::unsupported when no frame at all can be decoded, Fault::io, Fault::interrupted
Decoded decode_mono(Input& input, std::chrono::seconds limit, int rate_hz, const SampleSink& sink,
                    SignalMeter& meter, std::uint64_t hash_seed = 0);

}  // namespace echofold
