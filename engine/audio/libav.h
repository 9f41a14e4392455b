// Owners of libav's objects, and its error numbers as text. Included only by engine/audio/.
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
#include <string>

#include "index/base/handle.h"

namespace echofold::av {

/// libav may have replaced the buffer, so it is freed through the context.
inline void free_io(AVIOContext* io) noexcept {
  av_freep(static_cast<void*>(&io->buffer));
  avio_context_free(&io);
}

using Io = Handle<AVIOContext, free_io>;
using Format = HandleByAddress<AVFormatContext, avformat_close_input>;
using Codec = HandleByAddress<AVCodecContext, avcodec_free_context>;
using Packet = HandleByAddress<AVPacket, av_packet_free>;
using Frame = HandleByAddress<AVFrame, av_frame_free>;
using Resampler = HandleByAddress<SwrContext, swr_free>;
using Options = HandleByAddress<AVDictionary, av_dict_free>;

/// libav's own text for one of its negative error numbers.
inline std::string reason(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

}  // namespace echofold::av
