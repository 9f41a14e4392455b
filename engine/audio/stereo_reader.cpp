// Pulls packets, frames and converted samples, until a block is there.
#include "engine/audio/stereo_reader.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "engine/audio/input.h"
#include "engine/audio/lost_time.h"
#include "engine/audio/open_decoder.h"
#include "index/base/error.h"

namespace echofold {
namespace {

/// Converts frames to interleaved stereo floats. Restarts when the kind of the frames changes within the stream.
class StereoResampler {
 public:
  StereoResampler(int rate_hz, double stretch) : rate_hz_(rate_hz), stretch_(stretch) {}
  ~StereoResampler() { av_channel_layout_uninit(&layout_); }
  StereoResampler(const StereoResampler&) = delete;
  StereoResampler& operator=(const StereoResampler&) = delete;

  void convert(const AVFrame& frame, std::vector<float>& out) {
    if (!fits(frame)) {
      flush(out);
      start(frame);
    }
    append(const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples, out);
  }

  void flush(std::vector<float>& out) {
    if (swr_) append(nullptr, 0, out);
  }

 private:
  /// What swresample is told; only the ratio counts.
  struct Rates {
    int in = 0, out = 0;
  };

  /// swresample needs whole numbers, and the smaller one below a million. The ratio is right to some 10^-12.
  Rates rates_for(int in_hz) const {
    if (stretch_ == 1) return {in_hz, rate_hz_};
    constexpr int most = 1'000'000;
    const AVRational ratio = av_d2q(in_hz / (stretch_ * rate_hz_), most);
    return {ratio.num, ratio.den};
  }

  bool fits(const AVFrame& frame) const {
    return swr_ && frame.sample_rate == in_rate_hz_ && frame.format == format_ &&
           av_channel_layout_compare(&frame.ch_layout, &layout_) == 0;
  }

  void start(const AVFrame& frame) {
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO, from{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
      av_channel_layout_default(&from, frame.ch_layout.nb_channels);
    else if (av_channel_layout_copy(&from, &frame.ch_layout) < 0)
      throw std::bad_alloc();
    SwrContext* raw = nullptr;
    const Rates rates = rates_for(frame.sample_rate);
    const int made = swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_FLT, rates.out, &from,
                                         static_cast<AVSampleFormat>(frame.format), rates.in, 0, nullptr);
    swr_.reset(raw);
    const bool single = from.nb_channels == 1;
    av_channel_layout_uninit(&from);
    constexpr double to_both[] = {1, 1};  // by its own rules swresample takes 3 dB off
    if (made < 0 || (single && swr_set_matrix(raw, to_both, 1) < 0) || swr_init(raw) < 0) {
      swr_.reset();
      throw Error(Fault::unsupported, "its channels can't be mixed to two");
    }
    in_rate_hz_ = frame.sample_rate;
    format_ = frame.format;
    if (av_channel_layout_copy(&layout_, &frame.ch_layout) < 0) throw std::bad_alloc();
  }

  void append(const std::uint8_t** planes, int count, std::vector<float>& out) {
    const int most = swr_get_out_samples(swr_.get(), count);
    if (most <= 0) return;
    const std::size_t before = out.size();
    out.resize(before + 2 * static_cast<std::size_t>(most));
    auto* at = reinterpret_cast<std::uint8_t*>(out.data() + before);
    const int made = swr_convert(swr_.get(), &at, most, planes, count);
    out.resize(before + 2 * static_cast<std::size_t>(std::max(made, 0)));
  }

  int rate_hz_;
  double stretch_;
  av::Resampler swr_;
  AVChannelLayout layout_{};
  int in_rate_hz_ = 0, format_ = -1;
};

}  // namespace

struct StereoReader::Impl {
  Impl(int fd, std::string_view extension, std::stop_token stop)
      : input(fd, extension, std::move(stop)),
        codec(open_decoder(input)),
        packet(av_packet_alloc()),
        frame(av_frame_alloc()) {
    if (!packet || !frame) throw std::bad_alloc();
  }

  /// Sends one packet, or the end. @return false if the end was sent before
  bool send() {
    if (at_end) return false;
    at_end = !input.next(*packet);
    const int sent = avcodec_send_packet(codec.get(), at_end ? nullptr : packet.get());
    if (sent < 0 && sent != AVERROR_EOF) skip(sent);
    return true;
  }

  void skip(int error) {
    if (error == AVERROR(ENOMEM)) throw std::bad_alloc();
    ++frames_skipped;
    if (frames > 0) lost.add(*packet, input.stream().time_base);
  }

  void take_frame() {
    if (frame->nb_samples <= 0 || frame->sample_rate <= 0) return;
    const auto silent = static_cast<std::size_t>(std::llround(lost.take() * stretch * rate_hz));
    samples.resize(samples.size() + 2 * silent);
    try {
      resampler->convert(*frame, samples);
      ++frames;
    } catch (const Error&) {
      if (frames == 0) throw;
      skip(AVERROR_INVALIDDATA);  // a damaged header invented a layout within the stream
    }
  }

  /// Takes the frames that are ready. @return false at the end of the stream
  bool receive() {
    for (;;) {
      const int got = avcodec_receive_frame(codec.get(), frame.get());
      if (got == AVERROR(EAGAIN)) return true;
      if (got == AVERROR_EOF) return false;
      if (got < 0) {
        skip(got);
        return true;
      }
      take_frame();
    }
  }

  Input input;
  av::Codec codec;
  av::Packet packet;
  av::Frame frame;
  std::optional<StereoResampler> resampler;
  int rate_hz = 0;
  double stretch = 1;
  std::vector<float> samples;
  std::vector<MidSide> block;
  LostTime lost;
  std::uint64_t frames = 0;
  std::uint32_t frames_skipped = 0;
  bool at_end = false, flushed = false;
};

StereoReader::StereoReader(int fd, std::string_view extension, std::stop_token stop)
    : impl_(std::make_unique<Impl>(fd, extension, std::move(stop))) {}
StereoReader::~StereoReader() = default;
StereoReader::StereoReader(StereoReader&&) noexcept = default;

int StereoReader::source_rate_hz() const noexcept { return impl_->input.stream().codecpar->sample_rate; }
int StereoReader::source_channels() const noexcept {
  return impl_->input.stream().codecpar->ch_layout.nb_channels;
}
std::uint32_t StereoReader::frames_skipped() const noexcept { return impl_->frames_skipped; }

void StereoReader::convert_to(int rate_hz, double stretch) {
  impl_->rate_hz = rate_hz;
  impl_->stretch = stretch;
  impl_->resampler.emplace(rate_hz, stretch);
}

std::span<const MidSide> StereoReader::read() {
  Impl& reader = *impl_;
  reader.samples.clear();
  while (reader.samples.empty() && reader.send()) reader.receive();
  if (reader.samples.empty() && !std::exchange(reader.flushed, true)) {
    if (reader.frames == 0) throw Error(Fault::unsupported, "none of its audio can be decoded");
    reader.resampler->flush(reader.samples);
  }
  reader.block.resize(reader.samples.size() / 2);
  for (std::size_t i = 0; i < reader.block.size(); ++i) {
    const float left = reader.samples[2 * i], right = reader.samples[2 * i + 1];
    reader.block[i] = {(left + right) / 2, (left - right) / 2};
  }
  return reader.block;
}

}  // namespace echofold
