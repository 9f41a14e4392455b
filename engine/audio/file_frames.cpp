// Sends packets to the codec, and hands on what it returns.
#include "engine/audio/file_frames.h"

#include <new>
#include <utility>

#include "engine/audio/open_decoder.h"
#include "index/base/error.h"

namespace echofold {

FileFrames::FileFrames(int fd, std::string_view extension, std::stop_token stop)
    : input_(fd, extension, std::move(stop)),
      codec_(open_decoder(input_)),
      packet_(av_packet_alloc()),
      frame_(av_frame_alloc()) {
  if (!packet_ || !frame_) throw std::bad_alloc();
}

/// Sends one packet, or the end. @return false if the end was sent before
bool FileFrames::send() {
  if (at_end_) return false;
  at_end_ = !input_.next(*packet_);
  const int sent = avcodec_send_packet(codec_.get(), at_end_ ? nullptr : packet_.get());
  if (sent < 0 && sent != AVERROR_EOF) skip(sent);
  return true;
}

void FileFrames::skip(int error) {
  if (error == AVERROR(ENOMEM)) throw std::bad_alloc();
  ++frames_skipped_;
  if (frames_ > 0) lost_.add(*packet_, input_.stream().time_base);
}

void FileFrames::hand_on(FrameSink& sink) {
  if (frame_->nb_samples <= 0 || frame_->sample_rate <= 0) return;
  DecodedFrame frame;
  frame.rate_hz = frame_->sample_rate;
  frame.samples = frame_->nb_samples;
  frame.format = static_cast<AVSampleFormat>(frame_->format);
  frame.layout = &frame_->ch_layout;
  frame.planes = frame_->extended_data;
  frame.silent_before_s = lost_.take();
  frame.lost_s = LostTime::of(*packet_, input_.stream().time_base);
  sink.take(frame);
  ++frames_;
}

void FileFrames::receive(FrameSink& sink) {
  for (;;) {
    const int got = avcodec_receive_frame(codec_.get(), frame_.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return;
    if (got < 0) return skip(got);
    hand_on(sink);
  }
}

bool FileFrames::next(FrameSink& sink) {
  if (send()) {
    receive(sink);
    return true;
  }
  if (frames_ == 0) throw Error(Fault::unsupported, "none of its audio can be decoded");
  return false;
}

}  // namespace echofold
