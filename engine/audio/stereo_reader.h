// Reads a file's audio as blocks of stereo samples, one block at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>

namespace echofold {

/// What two samples of one moment are: the mean of the channels, and half of their difference.
struct MidSide {
  float mid = 0, side = 0;
};

/// Two readers can be read in step, which decode.h can't do: there the decoder calls, here the caller does.
/// Memory is bounded, whatever the length of the file.
class StereoReader {
 public:
  /// @param fd         open for reading and seekable; read with pread, neither closed nor moved. It must outlive this
  /// @param extension  lower case without the dot; only a hint
  /// @throws Error  Fault::unsupported if there is no audio that libav can decode, Fault::io, Fault::interrupted
  StereoReader(int fd, std::string_view extension, std::stop_token stop);

  /// Reads what share_frames() of another process writes to the pipe: gives the samples that a reader of the file gives.
  /// @param pipe    neither closed nor moved. It must outlive this
  /// @throws Error  Fault::io if the pipe ends too early, Fault::unsupported if it has something else
  static StereoReader of_pipe(int pipe);
  ~StereoReader();
  StereoReader(StereoReader&&) noexcept;

  /// Of the stream, as its header says; 0: unknown.
  int source_rate_hz() const noexcept;
  int source_channels() const noexcept;

  /// Must be called before read(). Each second of the file becomes `stretch` seconds, and its pitch falls accordingly.
  /// More than two channels are mixed down by swresample's rules. A single channel becomes both of two, 3 dB weaker.
  /// @param stretch  .5 .. 2
  void convert_to(int rate_hz, double stretch = 1);

  /// The next samples, at the rate of convert_to(). Full scale is 1. A frame that the codec rejects becomes silence of
  /// its length. Valid until the next call; empty at the end.
  /// @throws Error  Fault::io, Fault::interrupted, Fault::unsupported if nothing at all can be decoded
  std::span<const MidSide> read();

  std::uint32_t frames_skipped() const noexcept;  ///< rejected by the codec so far

 private:
  struct Impl;
  explicit StereoReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
