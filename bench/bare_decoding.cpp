// See bare_decoding.h.
#include "bench/bare_decoding.h"

#include <new>
#include <stdexcept>

#include "engine/audio/libav.h"

namespace echofold::bench {
namespace {

[[noreturn]] void fail(const char* file, int error) {
  throw std::runtime_error(std::string(file) + ": " + av::reason(error));
}

av::Format open_file(const char* file) {
  AVFormatContext* raw = nullptr;
  if (const int result = avformat_open_input(&raw, file, nullptr, nullptr); result < 0) fail(file, result);
  av::Format format(raw);
  if (const int result = avformat_find_stream_info(raw, nullptr); result < 0) fail(file, result);
  return format;
}

av::Codec open_codec(const char* file, const AVStream& stream, const AVCodec& decoder) {
  av::Codec codec(avcodec_alloc_context3(&decoder));
  if (!codec) throw std::bad_alloc();
  int result = avcodec_parameters_to_context(codec.get(), stream.codecpar);
  codec->thread_count = 1;
  codec->pkt_timebase = stream.time_base;
  if (result >= 0) result = avcodec_open2(codec.get(), &decoder, nullptr);
  if (result < 0) fail(file, result);
  return codec;
}

/// Seconds of the decoded frames that are available.
double drain(AVCodecContext& codec, AVFrame& frame) {
  double seconds = 0;
  while (avcodec_receive_frame(&codec, &frame) >= 0)
    seconds += static_cast<double>(frame.nb_samples) / frame.sample_rate;
  return seconds;
}

}  // namespace

double decode_barely(const char* file) {
  const av::Format format = open_file(file);
  const AVCodec* decoder = nullptr;
  const int best = av_find_best_stream(format.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
  if (best < 0) fail(file, best);
  const av::Codec codec = open_codec(file, *format->streams[best], *decoder);
  const av::Packet packet(av_packet_alloc());
  const av::Frame frame(av_frame_alloc());
  if (!packet || !frame) throw std::bad_alloc();
  double seconds = 0;
  while (av_read_frame(format.get(), packet.get()) >= 0) {
    if (packet->stream_index == best && avcodec_send_packet(codec.get(), packet.get()) >= 0)
      seconds += drain(*codec, *frame);
    av_packet_unref(packet.get());
  }
  avcodec_send_packet(codec.get(), nullptr);
  return seconds + drain(*codec, *frame);
}

}  // namespace echofold::bench
