// Decodes an open file into frames.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

#include "engine/audio/frame_source.h"
#include "engine/audio/input.h"
#include "engine/audio/lost_time.h"

namespace echofold {

class FileFrames final : public FrameSource {
 public:
  /// @param fd         open for reading and seekable; read with pread, neither closed nor moved. It must outlive this
  /// @param extension  lower case without the dot; only a hint
  /// @throws Error  Fault::unsupported if there is no audio that libav can decode, Fault::io, Fault::interrupted
  FileFrames(int fd, std::string_view extension, std::stop_token stop);

  int rate_hz() const noexcept override { return input_.stream().codecpar->sample_rate; }
  int channels() const noexcept override { return input_.stream().codecpar->ch_layout.nb_channels; }
  std::uint32_t frames_skipped() const noexcept override { return frames_skipped_; }
  bool next(FrameSink& sink) override;

 private:
  bool send();
  void receive(FrameSink& sink);
  void hand_on(FrameSink& sink);
  void skip(int error);

  Input input_;
  av::Codec codec_;
  av::Packet packet_;
  av::Frame frame_;
  LostTime lost_;
  std::uint64_t frames_ = 0;
  std::uint32_t frames_skipped_ = 0;
  bool at_end_ = false;
};

}  // namespace echofold
