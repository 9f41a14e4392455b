// Decodes the audio stream of an Input to mono samples, and reports what decoding showed.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "engine/audio/channel_mix.h"
#include "engine/audio/input.h"
#include "engine/audio/signal_meter.h"
#include "index/model/record.h"

namespace echofold {

/// What was read after the last packet that gave sound.
struct TrailingData {
  std::uint32_t skipped = 0;  ///< frames and parts of the container that could not be read
  std::uint32_t packets = 0;
  std::uint64_t bytes = 0;              ///< of these packets
  std::array<std::uint8_t, 8> head{};   ///< start of the first; else of the last good packet
  std::uint64_t last_packet_bytes = 0;  ///< size of the packet that `head` comes from
};

struct Decoded {
  double seconds = 0;                ///< decoded, at the stream's own rate
  std::uint64_t packet_bytes = 0;    ///< of the stream's packets up to the last one that gave sound
  std::uint64_t packets = 0;         ///< read
  std::uint64_t bytes_read = 0;      ///< of the packets read
  std::uint64_t packets_failed = 0;  ///< those with a part that the codec rejected
  std::uint64_t bytes_failed = 0;    ///< of the failed packets
  std::uint64_t frames = 0;
  std::uint32_t frames_skipped = 0;  ///< frames and parts of the container that could not be read
  double first_timestamp_s = 0;      ///< of the first packet; 0 if it has none
  double trimmed_s = 0;              ///< what the container wants dropped: encoder delay and padding
  TrailingData rest;                 ///< also counted in frames_skipped
  bool whole = true;                 ///< false: the limit came before the end
  bool hybrid_wavpack = false;       ///< WavPack without its correction file: lossy
  int bits_per_raw_sample = 0;       ///< as the decoder reports after the last frame; 0 unknown
  int sample_rate_hz = 0;            ///< of the first frame
  int channels = 0;                  ///< of the first frame
  AudioHashes hashes;                ///< known only if everything before `rest` was decoded without a fault
};

using SampleSink = std::function<void(std::span<const std::int16_t>)>;

/// Reads all packets of `input` without decoding them.
/// @return the hashes, without that of the samples; unknown if a part of the container could not be read
/// @throws Error Fault::io, Fault::interrupted
AudioHashes hash_payload(Input& input, std::uint64_t seed);

/// Decodes `input` to mono samples at `rate_hz`. Blocks arrive in order, never empty.
///
/// A frame that the codec rejects is skipped and counted: one damaged frame must not hide a readable track. Silence
/// of its length takes its place, so that the timing of what follows stays right.
/// @param meter  gets every decoded frame unchanged
/// @param limit  stop after this much audio; zero means the whole stream
/// @param mix    how to mix the channels
/// @throws Error  Fault::unsupported when no frame at all can be decoded, Fault::io, Fault::interrupted
Decoded decode_mono(Input& input, std::chrono::seconds limit, int rate_hz, const SampleSink& sink,
                    SignalMeter& meter, std::uint64_t hash_seed = 0, MixChoice mix = {});

}  // namespace echofold
