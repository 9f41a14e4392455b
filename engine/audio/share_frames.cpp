// Collects messages until it is worth a write, then gives all readers the same bytes.
//
// Writes do not block, and between two attempts the process sleeps for a moment. A blocking write would let one reader
// that hangs hold up all others for ever, and poll() is not allowed in the jail, where the limit of open files is 0.
#include "engine/audio/share_frames.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "engine/audio/file_frames.h"
#include "engine/audio/frame_message.h"
#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t worth_a_write_bytes = std::size_t{64} << 10;
constexpr auto pause = 1ms;  // a reader takes ten times as long for what a pipe holds
// Longer than any reader computes without reading on.
constexpr auto longest_stall = 60s;

struct Reader {
  int pipe;
  std::size_t sent = 0;  ///< of the bytes that are being written
  Clock::time_point since = {};
  bool gone = false;
};

class Readers {
 public:
  explicit Readers(std::span<const int> pipes) {
    for (const int pipe : pipes) readers_.push_back({pipe});
  }

  /// @throws Error Fault::interrupted
  void write(std::span<const std::uint8_t> bytes, const std::stop_token& stop) {
    for (Reader& reader : readers_) {
      reader.sent = 0;
      reader.since = Clock::now();
    }
    for (bool all = false; !all;) {
      bool moved = false;
      all = true;
      for (Reader& reader : readers_) {
        if (is_done(reader, bytes)) continue;
        moved |= write_some(reader, bytes);
        all &= is_done(reader, bytes);
      }
      if (stop.stop_requested()) throw Error(Fault::interrupted, "stopped on request");
      if (!all && !moved) std::this_thread::sleep_for(pause);
    }
  }

  bool all_gone() const noexcept {
    return std::all_of(readers_.begin(), readers_.end(), [](const Reader& reader) { return reader.gone; });
  }

 private:
  static bool is_done(const Reader& reader, std::span<const std::uint8_t> bytes) noexcept {
    return reader.gone || reader.sent == bytes.size();
  }

  /// @return whether it took anything
  static bool write_some(Reader& reader, std::span<const std::uint8_t> bytes) noexcept {
    const auto left = bytes.subspan(reader.sent);
    const ssize_t written = uninterrupted([&] { return ::write(reader.pipe, left.data(), left.size()); });
    if (written > 0) {
      reader.sent += static_cast<std::size_t>(written);
      reader.since = Clock::now();
      return true;
    }
    reader.gone = (written < 0 && errno != EAGAIN) || Clock::now() - reader.since > longest_stall;
    return false;
  }

  std::vector<Reader> readers_;
};

/// Frames as messages.
class Messages final : public FrameSink {
 public:
  void start(const FrameSource& source) {
    FrameMessage head{};
    head.kind = FrameMessage::Kind::stream;
    head.rate_hz = source.rate_hz();
    head.channels = source.channels();
    append(head);
  }

  void take(const DecodedFrame& frame) override {
    const bool custom = frame.layout->order == AV_CHANNEL_ORDER_CUSTOM;
    const auto channels = static_cast<std::size_t>(frame.layout->nb_channels);
    FrameMessage head{};
    head.kind = FrameMessage::Kind::frame;
    head.rate_hz = frame.rate_hz;
    head.channels = frame.layout->nb_channels;
    head.format = frame.format;
    head.samples = frame.samples;
    head.layout_order = static_cast<std::int32_t>(frame.layout->order);
    head.layout_mask = custom ? 0 : frame.layout->u.mask;
    head.custom_bytes = custom ? static_cast<std::uint32_t>(channels * sizeof(AVChannelCustom)) : 0;
    head.silent_before_s = frame.silent_before_s;
    head.lost_s = frame.lost_s;
    append(head);
    if (custom) append(frame.layout->u.map, head.custom_bytes);
    const bool planar = av_sample_fmt_is_planar(frame.format) != 0;
    const std::size_t of_plane = static_cast<std::size_t>(av_get_bytes_per_sample(frame.format)) *
                                 static_cast<std::size_t>(frame.samples) * (planar ? 1 : channels);
    if (of_plane > largest_frame_bytes)
      throw Error(Fault::unsupported, "it has blocks of more samples than fit in memory");
    for (std::size_t plane = 0; plane < (planar ? channels : 1); ++plane)
      append(frame.planes[plane], of_plane);
    has_frames_ = true;
  }

  void end_packet(std::uint32_t frames_skipped) {
    if (std::exchange(has_frames_, false)) mark(FrameMessage::Kind::packet_end, frames_skipped);
  }
  void end_stream(std::uint32_t frames_skipped) { mark(FrameMessage::Kind::stream_end, frames_skipped); }

  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
  void clear() noexcept { bytes_.clear(); }

 private:
  void mark(FrameMessage::Kind kind, std::uint32_t frames_skipped) {
    FrameMessage head{};
    head.kind = kind;
    head.frames_skipped = frames_skipped;
    append(head);
  }
  void append(const FrameMessage& head) { append(&head, sizeof head); }
  void append(const void* from, std::size_t bytes) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + aligned_size(bytes));
    std::memcpy(bytes_.data() + at, from, bytes);
  }

  std::vector<std::uint8_t> bytes_;
  bool has_frames_ = false;
};

}  // namespace

void share_frames(int fd, std::string_view extension, std::span<const int> pipes,
                  const std::stop_token& stop) {
  FileFrames frames(fd, extension, stop);
  Readers readers(pipes);
  Messages messages;
  messages.start(frames);
  const auto write = [&] {
    readers.write(messages.bytes(), stop);
    messages.clear();
  };
  write();  // a reader can't do anything before
  while (!readers.all_gone() && frames.next(messages)) {
    messages.end_packet(frames.frames_skipped());
    if (messages.bytes().size() >= worth_a_write_bytes) write();
  }
  messages.end_stream(frames.frames_skipped());
  write();
}

}  // namespace echofold
