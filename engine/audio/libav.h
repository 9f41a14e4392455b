// Owners of libav's objects, and its error numbers as text. Included by engine/audio/ alone.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/channel_layout.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

#include <array>
#include <memory>
#include <string>

namespace echofold::av {

template <auto Free>
struct Frees {  // void f(T*)
  template <class T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};
template <auto Free>
struct FreesByAddress {  // libav's void f(T**)
  template <class T>
  void operator()(T* p) const noexcept {
    Free(&p);
  }
};

/// Its buffer may have been replaced by libav, so it is freed through the context.
inline void free_io(AVIOContext* io) noexcept {
  av_freep(static_cast<void*>(&io->buffer));
  avio_context_free(&io);
}

using Io = std::unique_ptr<AVIOContext, Frees<free_io>>;
using Format = std::unique_ptr<AVFormatContext, FreesByAddress<avformat_close_input>>;
using Codec = std::unique_ptr<AVCodecContext, FreesByAddress<avcodec_free_context>>;
using Packet = std::unique_ptr<AVPacket, FreesByAddress<av_packet_free>>;
using Frame = std::unique_ptr<AVFrame, FreesByAddress<av_frame_free>>;
using Resampler = std::unique_ptr<SwrContext, FreesByAddress<swr_free>>;
using Options = std::unique_ptr<AVDictionary, FreesByAddress<av_dict_free>>;

/// libav's own words for one of its negative error numbers.
inline std::string reason(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

}  // namespace echofold::av
