// One open audio file as libav sees it: its container, its best audio stream, and the packets of that stream.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/fd_source.h"
#include "engine/audio/libav.h"
#include "engine/audio/mpeg_frame.h"
#include "engine/audio/stored_length.h"

namespace echofold {

/// Only demuxers of audio files may open a file, and none of them may open a second one: a playlist or a text file
/// named .mp3 must never lead to another file's audio.
class Input {
 public:
  /// Tags and padding around the container are skipped before it is recognised, whatever their size, so they cannot
  /// hide it. libav sees tags only where it reads them itself.
  /// @param extension  a hint, used if the content does not show the format
  /// @throws Error Fault::unsupported without a decodable audio stream, Fault::io, Fault::interrupted
  Input(int fd, std::string_view extension, std::stop_token stop);

  struct WholeFile {};
  /// Shows libav the whole file, as a player does: tags around the container are not skipped, and no length is
  /// corrected.
  Input(int fd, std::string_view extension, std::stop_token stop, WholeFile);

  struct AllStreams {};
  /// Only opens the container: no stream is chosen, nothing is decoded, and next() returns the packets of all
  /// streams. stream() and decoder() must not be called.
  Input(int fd, std::string_view extension, std::stop_token stop, AllStreams);

  AVFormatContext& format() const noexcept { return *format_; }
  AVStream& stream() const noexcept { return *format_->streams[stream_index_]; }
  const AVCodec& decoder() const noexcept { return *decoder_; }
  /// What the container says about its length: for MP4, Matroska, ASF, RIFF-like files, Ogg and Musepack 8.
  const StoredLength& stored_length() const noexcept { return stored_length_; }
  /// What the first frame of an MP3 says about the length.
  const std::optional<MpegCounts>& mpeg_counts() const noexcept { return mpeg_counts_; }

  int stream_index() const noexcept { return stream_index_; }

  /// Reads the next packet of the stream; returns false at its end. A part of the container that cannot be read is
  /// skipped and counted.
  /// @throws Error Fault::io, Fault::interrupted
  bool next(AVPacket& packet);
  unsigned parts_skipped() const noexcept { return parts_skipped_; }

 private:
  void set_up(std::string_view extension, bool choose);
  const AVInputFormat* find_container(const std::string& hint);
  void read_lengths(std::string_view container);
  void open(std::string_view extension);
  void choose_stream();

  bool whole_file_ = false;
  std::unique_ptr<FdSource> source_;  // on the heap: libav stores its address
  av::Io io_;
  av::Format format_;  // after io_: closed before it
  int stream_index_ = -1;
  const AVCodec* decoder_ = nullptr;
  unsigned parts_skipped_ = 0;
  StoredLength stored_length_;
  std::optional<MpegCounts> mpeg_counts_;
};

}  // namespace echofold
