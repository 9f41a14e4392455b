// Checks each head before it uses what is behind it.
#include "engine/audio/piped_frames.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

constexpr std::size_t least_buffer_bytes = std::size_t{256} << 10;
constexpr int most_channels = 4096;  // far beyond what swresample mixes

[[noreturn]] void refuse() { throw Error(Fault::unsupported, "what the other decoder sent makes no sense"); }

/// @throws Error unless a decoder can have made this frame
void check(const FrameMessage& head) {
  const bool numbers = head.rate_hz > 0 && head.samples > 0 && head.channels > 0 &&
                       head.channels <= most_channels && head.format >= 0 && head.format < AV_SAMPLE_FMT_NB;
  // Within a second for each packet that was lost in between.
  const auto is_time = [](double seconds) { return seconds >= 0 && seconds < 1e6; };
  if (!numbers || !is_time(head.silent_before_s) || !is_time(head.lost_s)) refuse();
  const std::size_t custom = head.layout_order == AV_CHANNEL_ORDER_CUSTOM
                                 ? static_cast<std::size_t>(head.channels) * sizeof(AVChannelCustom)
                                 : 0;
  if (head.custom_bytes != custom) refuse();
}

std::size_t plane_bytes(const FrameMessage& head) {
  const auto format = static_cast<AVSampleFormat>(head.format);
  const std::size_t of_sample =
      static_cast<std::size_t>(av_get_bytes_per_sample(format)) * static_cast<std::size_t>(head.samples);
  const std::size_t bytes =
      av_sample_fmt_is_planar(format) != 0 ? of_sample : of_sample * static_cast<std::size_t>(head.channels);
  if (bytes > largest_frame_bytes) refuse();
  return bytes;
}

std::size_t plane_count(const FrameMessage& head) {
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(head.format)) != 0;
  return planar ? static_cast<std::size_t>(head.channels) : 1;
}

}  // namespace

PipedFrames::PipedFrames(int pipe) : pipe_(pipe) {
  const FrameMessage head = take_head();
  if (head.kind != FrameMessage::Kind::stream || head.rate_hz < 0 || head.channels < 0) refuse();
  rate_hz_ = head.rate_hz;
  channels_ = head.channels;
}

const std::uint8_t* PipedFrames::take(std::size_t bytes) {
  if (capacity_ - begin_ < bytes) {  // what is left moves to the front, where there is room
    const std::size_t left = end_ - begin_;
    if (capacity_ < bytes) {
      const std::size_t capacity = std::max(bytes, least_buffer_bytes);
      Handle<std::uint8_t[], av_free> larger(static_cast<std::uint8_t*>(av_malloc(capacity)));
      if (!larger) throw std::bad_alloc();
      if (left > 0) std::memcpy(larger.get(), buffer_.get() + begin_, left);
      buffer_ = std::move(larger);
      capacity_ = capacity;
    } else {
      std::memmove(buffer_.get(), buffer_.get() + begin_, left);
    }
    begin_ = 0;
    end_ = left;
  }
  while (end_ - begin_ < bytes) {
    const ssize_t got = uninterrupted([&] { return ::read(pipe_, buffer_.get() + end_, capacity_ - end_); });
    if (got <= 0) throw Error(Fault::io, "the process that decodes the other file has ended early");
    end_ += static_cast<std::size_t>(got);
  }
  const std::uint8_t* at = buffer_.get() + begin_;
  begin_ += bytes;
  return at;
}

FrameMessage PipedFrames::take_head() {
  FrameMessage head;
  std::memcpy(&head, take(sizeof head), sizeof head);
  return head;
}

void PipedFrames::hand_on(const FrameMessage& head, FrameSink& sink) {
  check(head);
  const std::size_t of_plane = plane_bytes(head), count = plane_count(head);
  const std::size_t stride = aligned_size(of_plane), custom = aligned_size(head.custom_bytes);
  if (count * stride > largest_frame_bytes + count * message_alignment) refuse();
  const std::uint8_t* bytes = take(custom + count * stride);

  AVChannelLayout layout{};
  layout.order = static_cast<AVChannelOrder>(head.layout_order);
  layout.nb_channels = head.channels;
  std::vector<AVChannelCustom> map;
  if (custom > 0) {
    map.resize(static_cast<std::size_t>(head.channels));
    std::memcpy(map.data(), bytes, head.custom_bytes);
    for (AVChannelCustom& channel : map) {
      channel.name[sizeof channel.name - 1] = '\0';
      channel.opaque = nullptr;
    }
    layout.u.map = map.data();
  } else {
    layout.u.mask = head.layout_mask;
  }
  if (av_channel_layout_check(&layout) == 0) refuse();
  planes_.clear();
  for (std::size_t i = 0; i < count; ++i) planes_.push_back(bytes + custom + i * stride);
  sink.take({head.rate_hz, head.samples, static_cast<AVSampleFormat>(head.format), &layout, planes_.data(),
             head.silent_before_s, head.lost_s});
}

bool PipedFrames::next(FrameSink& sink) {
  while (!at_end_) {
    const FrameMessage head = take_head();
    switch (head.kind) {
      case FrameMessage::Kind::frame:
        hand_on(head, sink);
        break;
      case FrameMessage::Kind::packet_end:
        frames_skipped_ = head.frames_skipped;
        return true;
      case FrameMessage::Kind::stream_end:
        frames_skipped_ = head.frames_skipped;
        at_end_ = true;
        break;
      default:
        refuse();
    }
  }
  return false;
}

}  // namespace echofold
