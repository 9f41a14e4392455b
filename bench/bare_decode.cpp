// Demultiplexes and decodes with libav and does nothing else: the least that a scan must do.
//
// bench_bare_decode FILE...    one line of JSON: files, seconds of audio, CPU and wall seconds
// Opens each file, finds its best audio stream and decodes it to the end with a codec on one thread; frames are
// dropped. The CPU time is that of the whole process including its start, as for a scan.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "engine/audio/libav.h"

namespace {

namespace av = echofold::av;

struct Total {
  int files = 0;
  double audio_s = 0;
};

[[noreturn]] void fail(const char* file, int error) {
  std::fprintf(stderr, "bench_bare_decode: %s: %s\n", file, av::reason(error).c_str());
  std::exit(1);
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

double decode_file(const char* file) {
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

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  const auto start = std::chrono::steady_clock::now();
  av_log_set_level(AV_LOG_QUIET);
  Total total;
  for (int i = 1; i < argc; ++i, ++total.files) total.audio_s += decode_file(argv[i]);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf("{\"files\":%d,\"audio_s\":%.3f,\"cpu_s\":%.4f,\"wall_s\":%.4f}\n", total.files, total.audio_s,
              cpu_seconds(), wall.count());
}
