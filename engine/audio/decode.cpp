// Packets to frames to samples. One packet, one frame and one sample buffer are reused for the whole file.
#include "engine/audio/decode.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <string>

#include "engine/audio/crc16.h"
#include "engine/audio/lost_time.h"
#include "engine/audio/open_decoder.h"
#include "engine/audio/payload_hash.h"
#include "engine/audio/resampler.h"
#include "engine/audio/sample_hash.h"
#include "index/base/error.h"

namespace echofold {
namespace {

/// From a FLAC's STREAMINFO; the largest number if it does not say, and for other codecs.
std::uint64_t largest_frame_bytes(const AVCodecParameters& parameters) {
  constexpr int stream_info_bytes = 34, largest_at = 7;
  std::uint64_t bytes = 0;
  if (parameters.codec_id == AV_CODEC_ID_FLAC && parameters.extradata_size >= stream_info_bytes)
    bytes = AV_RB24(parameters.extradata + largest_at);
  return bytes > 0 ? bytes : std::numeric_limits<std::uint64_t>::max();
}

/// The header of a WavPack block says whether it is the lossy half of a hybrid pair.
bool is_hybrid_wavpack(const AVPacket& packet) {
  constexpr int header_bytes = 32;
  constexpr int flags_at = 24;
  constexpr unsigned hybrid = 0x8;
  return packet.size >= header_bytes && std::memcmp(packet.data, "wvpk", 4) == 0 &&
         (packet.data[flags_at] & hybrid) != 0;
}

class Decoder {
 public:
  Decoder(Input& input, std::chrono::seconds limit, int rate_hz, const SampleSink& sink, SignalMeter& meter,
          std::uint64_t hash_seed, MixChoice mix)
      : input_(input),
        sink_(sink),
        meter_(meter),
        codec_(open_decoder(input)),
        packet_(av_packet_alloc()),
        frame_(av_frame_alloc()),
        payload_(input, hash_seed),
        largest_frame_(largest_frame_bytes(*input.stream().codecpar)),
        rate_hz_(rate_hz),
        mix_(mix),
        resampler_(rate_hz),
        limited_(limit.count() > 0),
        samples_left_(
            limited_ ? static_cast<std::uint64_t>(limit.count()) * static_cast<std::uint64_t>(rate_hz) : 0) {
    if (!packet_ || !frame_) throw std::bad_alloc();
  }

  Decoded run() {
    while (!full() && input_.next(*packet_)) {
      note_packet();
      decode(packet_.get());
    }
    if (!full()) decode(nullptr);
    if (!full()) emit(resampler_.flush());
    result_.whole = !full();
    result_.frames_skipped += input_.parts_skipped();
    result_.rest.skipped = result_.whole ? result_.frames_skipped - skipped_before_rest_ : 0;
    result_.bits_per_raw_sample = codec_->bits_per_raw_sample;
    if (result_.whole && skipped_before_rest_ == 0) {
      result_.hashes = payload_.finish();
      result_.hashes.samples = samples_.finish();
    }
    if (result_.frames == 0)
      throw Error(Fault::unsupported, "none of its audio can be decoded" + first_error());
    return result_;
  }

 private:
  bool full() const { return limited_ && samples_left_ == 0; }

  void note_packet() {
    if (result_.packets == 0 && input_.decoder().id == AV_CODEC_ID_WAVPACK)
      result_.hybrid_wavpack = is_hybrid_wavpack(*packet_);
    if (result_.packets++ == 0 && packet_->pts != AV_NOPTS_VALUE)
      result_.first_timestamp_s = static_cast<double>(packet_->pts) * av_q2d(input_.stream().time_base);
    if (input_.decoder().id == AV_CODEC_ID_MP3) note_trim();
    result_.bytes_read += static_cast<std::uint64_t>(packet_->size);
    note_rest();
    packet_failed_ = false;
    payload_.add(*packet_);
  }

  /// The decoder drops these samples itself; the frame count of an MP3 includes them.
  void note_trim() {
    constexpr std::size_t numbers_bytes = 8;  // from the start, from the end
    std::size_t size = 0;
    const std::uint8_t* numbers = av_packet_get_side_data(packet_.get(), AV_PKT_DATA_SKIP_SAMPLES, &size);
    if (numbers == nullptr || size < numbers_bytes || codec_->sample_rate <= 0) return;
    result_.trimmed_s += (static_cast<double>(AV_RL32(numbers)) + AV_RL32(numbers + 4)) / codec_->sample_rate;
  }

  /// Every packet counts as part of the rest until a later frame decodes.
  void note_rest() {
    TrailingData& rest = result_.rest;
    const auto bytes = std::min(static_cast<std::uint64_t>(packet_->size), largest_frame_);
    if (rest.packets++ == 0) {
      rest.head = {};
      std::copy_n(packet_->data, std::min<std::size_t>(bytes, rest.head.size()), rest.head.begin());
      rest.last_packet_bytes = bytes;
    }
    rest.bytes += bytes;
  }

  /// A frame decoded: the packets up to here have sound.
  void end_rest() {
    TrailingData& rest = result_.rest;
    result_.packet_bytes += rest.bytes;
    rest.packets = 0;
    rest.bytes = 0;
    skipped_before_rest_ = result_.frames_skipped + input_.parts_skipped();
  }

  /// @param packet  null: the decoder returns what it has buffered
  void decode(const AVPacket* packet) {
    if (packet != nullptr && input_.decoder().id == AV_CODEC_ID_FLAC) check_flac_frame(*packet);
    const int sent = avcodec_send_packet(codec_.get(), packet);
    if (sent < 0 && sent != AVERROR_EOF) skip(sent);
    for (;;) {
      const int got = avcodec_receive_frame(codec_.get(), frame_.get());
      if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return;
      if (got < 0) return skip(got);
      take_frame();
      if (full()) return;
    }
  }

  /// Most frames are intact, and this checksum is faster than the decoder's, which then checks only the frames that
  /// fail this one.
  void check_flac_frame(const AVPacket& packet) {
    const bool intact = crc16({packet.data, static_cast<std::size_t>(packet.size)}) == 0;
    codec_->err_recognition = AV_EF_EXPLODE | (intact ? 0 : AV_EF_CRCCHECK);
  }

  void take_frame() {
    if (frame_->nb_samples <= 0 || frame_->sample_rate <= 0) return;
    fill_gap();
    try {
      emit(resampler_.convert(mix_.mix(*frame_)));
    } catch (const Error& error) {
      if (result_.frames == 0) throw;
      return skip(AVERROR_INVALIDDATA);  // a damaged header invented a rate or layout within the stream
    }
    meter_.add(*frame_);
    samples_.add(*frame_);
    if (result_.frames++ == 0) {
      result_.sample_rate_hz = frame_->sample_rate;
      result_.channels = frame_->ch_layout.nb_channels;
    }
    result_.seconds += static_cast<double>(frame_->nb_samples) / frame_->sample_rate;
    if (!packet_failed_) end_rest();
  }

  void fill_gap() {
    static constexpr std::array<std::int16_t, 4096> silence{};
    const double lost_s = lost_.take();
    result_.seconds += lost_s;
    auto left = static_cast<std::size_t>(std::llround(lost_s * rate_hz_));
    while (left > 0 && !full()) {
      const std::size_t part = std::min(left, silence.size());
      emit(std::span(silence).first(part));
      left -= part;
    }
  }

  void emit(std::span<const std::int16_t> samples) {
    if (limited_) {
      samples = samples.first(std::min<std::uint64_t>(samples.size(), samples_left_));
      samples_left_ -= samples.size();
    }
    if (!samples.empty()) sink_(samples);
  }

  void skip(int error) {
    if (error == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (first_error_ == 0) first_error_ = error;
    ++result_.frames_skipped;
    if (!packet_failed_) {
      packet_failed_ = true;
      ++result_.packets_failed;
      result_.bytes_failed += static_cast<std::uint64_t>(packet_->size);
    }
    if (result_.frames > 0) lost_.add(*packet_, input_.stream().time_base);
  }

  std::string first_error() const {
    return first_error_ == 0 ? std::string() : ": " + av::reason(first_error_);
  }

  Input& input_;
  const SampleSink& sink_;
  SignalMeter& meter_;
  av::Codec codec_;
  av::Packet packet_;
  av::Frame frame_;
  PayloadHash payload_;
  std::uint64_t largest_frame_;  // bytes of a packet beyond this are junk after its frame
  SampleHash samples_;
  int rate_hz_;
  ChannelMix mix_;
  MonoResampler resampler_;
  bool limited_;
  std::uint64_t samples_left_;
  int first_error_ = 0;
  LostTime lost_;               // since the last good frame
  bool packet_failed_ = false;  // the current packet
  std::uint32_t skipped_before_rest_ = 0;
  Decoded result_;
};

}  // namespace

AudioHashes hash_payload(Input& input, std::uint64_t seed) {
  PayloadHash payload(input, seed);
  const av::Packet packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  while (input.next(*packet)) payload.add(*packet);
  return input.parts_skipped() == 0 ? payload.finish() : AudioHashes{};
}

Decoded decode_mono(Input& input, std::chrono::seconds limit, int rate_hz, const SampleSink& sink,
                    SignalMeter& meter, std::uint64_t hash_seed, MixChoice mix) {
  return Decoder(input, limit, rate_hz, sink, meter, hash_seed, mix).run();
}

}  // namespace echofold
