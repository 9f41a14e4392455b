// The frames of a file that another process decodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/audio/frame_message.h"
#include "engine/audio/frame_source.h"

namespace echofold {

/// Trusts nothing that it reads: a frame that no decoder makes is an error.
class PipedFrames final : public FrameSource {
 public:
  /// @param pipe    that share_frames() writes to; neither closed nor moved. It must outlive this
  /// @throws Error  Fault::io if the pipe ends too early, Fault::unsupported if it has something else
  explicit PipedFrames(int pipe);

  int rate_hz() const noexcept override { return rate_hz_; }
  int channels() const noexcept override { return channels_; }
  std::uint32_t frames_skipped() const noexcept override { return frames_skipped_; }
  bool next(FrameSink& sink) override;

 private:
  FrameMessage take_head();
  void hand_on(const FrameMessage& head, FrameSink& sink);
  /// The next bytes, aligned, until the next call.
  const std::uint8_t* take(std::size_t bytes);

  int pipe_;
  Handle<std::uint8_t[], av_free> buffer_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0;  ///< of what is read and not yet taken
  std::vector<const std::uint8_t*> planes_;
  int rate_hz_ = 0, channels_ = 0;
  std::uint32_t frames_skipped_ = 0;
  bool at_end_ = false;
};

}  // namespace echofold
