// Tables are built at first use. This is the first use, with generated noise.
#include "engine/audio/prepare.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <exception>
#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "engine/audio/fingerprinter.h"
#include "engine/audio/fir_resampler.h"
#include "engine/audio/libav.h"
#include "engine/audio/read_track.h"

namespace echofold {
namespace {

void prepare_decoders() {
  constexpr std::array ids = {AV_CODEC_ID_MP3,  AV_CODEC_ID_AAC,  AV_CODEC_ID_FLAC,    AV_CODEC_ID_VORBIS,
                              AV_CODEC_ID_OPUS, AV_CODEC_ID_ALAC, AV_CODEC_ID_WAVPACK, AV_CODEC_ID_WMAV2};
  for (const AVCodecID id : ids) {
    const AVCodec* decoder = avcodec_find_decoder(id);
    if (decoder == nullptr) continue;
    const av::Codec codec(avcodec_alloc_context3(decoder));
    if (!codec) continue;
    codec->sample_rate = 44'100;
    codec->thread_count = 1;
    av_channel_layout_default(&codec->ch_layout, 2);
    avcodec_open2(codec.get(), decoder, nullptr);  // some need headers and fail, but their tables are built
  }
}

void prepare_resamplers() {
  const av::Frame frame(av_frame_alloc());
  if (!frame) return;
  av_channel_layout_default(&frame->ch_layout, 2);
  for (const int rate_hz : {44'100, 48'000})
    for (const AVSampleFormat format : {AV_SAMPLE_FMT_S16P, AV_SAMPLE_FMT_FLTP}) {
      frame->sample_rate = rate_hz;
      frame->format = format;
      FirResampler::make(*frame, Fingerprinter::rate_hz);
    }
}

/// Four seconds of noise, as a WAV file in memory.
std::string noise_wav() {
  constexpr std::uint32_t rate_hz = 44'100, seconds = 4, channels = 2,
                          bytes = rate_hz * seconds * channels * 2;
  std::string wav;
  const auto put = [&](std::uint32_t value, int width) {
    for (int i = 0; i < width; ++i) wav += static_cast<char>(value >> (8 * i) & 0xff);
  };
  wav += "RIFF", put(36 + bytes, 4), wav += "WAVEfmt ", put(16, 4), put(1, 2), put(channels, 2);
  put(rate_hz, 4), put(rate_hz * channels * 2, 4), put(channels * 2, 2), put(16, 2), wav += "data",
      put(bytes, 4);
  std::uint32_t state = 1;
  for (std::uint32_t i = 0; i < bytes / 2; ++i) {
    state = state * 1664525U + 1013904223U;
    put(state >> 18, 2);
  }
  return wav;
}

void read_noise() {
  const int file = memfd_create("noise", MFD_CLOEXEC);
  if (file < 0) return;
  const std::string wav = noise_wav();
  if (write(file, wav.data(), wav.size()) == static_cast<ssize_t>(wav.size())) read_track(file, "wav");
  close(file);
}

/// Returns freed memory to the system: each forked process would copy used pages one by one; fresh pages cost less.
void give_memory_back() noexcept {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

void prepare_to_read() noexcept {
  av_log_set_level(AV_LOG_QUIET);  // decoders without headers complain
  try {
    prepare_decoders();
    prepare_resamplers();
    read_noise();
    give_memory_back();
  } catch (const std::exception&) {  // ignored, see prepare.h
  }
}

}  // namespace echofold
