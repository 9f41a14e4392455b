// Pulls frames and converts them, until a block is there.
#include "engine/audio/stereo_reader.h"

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "engine/audio/file_frames.h"
#include "engine/audio/lost_time.h"
#include "engine/audio/piped_frames.h"
#include "engine/audio/stereo_resampler.h"
#include "index/base/error.h"

namespace echofold {

struct StereoReader::Impl final : FrameSink {
  explicit Impl(std::unique_ptr<FrameSource> from) : source(std::move(from)) {}

  void take(const DecodedFrame& frame) override {
    lost.add(frame.silent_before_s);
    const auto silent = static_cast<std::size_t>(std::llround(lost.take() * stretch * rate_hz));
    samples.resize(samples.size() + 2 * silent);
    try {
      resampler->convert(frame, samples);
      ++frames;
    } catch (const Error&) {
      if (frames == 0) throw;
      ++frames_skipped;  // a damaged header invented a layout within the stream
      lost.add(frame.lost_s);
    }
  }

  std::unique_ptr<FrameSource> source;
  std::optional<StereoResampler> resampler;
  int rate_hz = 0;
  double stretch = 1;
  std::vector<float> samples;
  std::vector<MidSide> block;
  LostTime lost;  ///< of frames that can't be converted
  std::uint64_t frames = 0;
  std::uint32_t frames_skipped = 0;
  bool flushed = false;
};

StereoReader::StereoReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StereoReader::StereoReader(int fd, std::string_view extension, std::stop_token stop)
    : StereoReader(std::make_unique<Impl>(std::make_unique<FileFrames>(fd, extension, std::move(stop)))) {}
StereoReader StereoReader::of_pipe(int pipe) {
  return StereoReader(std::make_unique<Impl>(std::make_unique<PipedFrames>(pipe)));
}
StereoReader::~StereoReader() = default;
StereoReader::StereoReader(StereoReader&&) noexcept = default;

int StereoReader::source_rate_hz() const noexcept { return impl_->source->rate_hz(); }
int StereoReader::source_channels() const noexcept { return impl_->source->channels(); }
std::uint32_t StereoReader::frames_skipped() const noexcept {
  return impl_->source->frames_skipped() + impl_->frames_skipped;
}

void StereoReader::convert_to(int rate_hz, double stretch) {
  impl_->rate_hz = rate_hz;
  impl_->stretch = stretch;
  impl_->resampler.emplace(rate_hz, stretch);
}

std::span<const MidSide> StereoReader::read() {
  Impl& reader = *impl_;
  reader.samples.clear();
  while (reader.samples.empty() && reader.source->next(reader)) {
  }
  if (reader.samples.empty() && !std::exchange(reader.flushed, true) && reader.frames > 0)
    reader.resampler->flush(reader.samples);
  reader.block.resize(reader.samples.size() / 2);
  for (std::size_t i = 0; i < reader.block.size(); ++i) {
    const float left = reader.samples[2 * i], right = reader.samples[2 * i + 1];
    reader.block[i] = {(left + right) / 2, (left - right) / 2};
  }
  return reader.block;
}

}  // namespace echofold
