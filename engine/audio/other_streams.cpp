// One hash per stream, so that the order in which a container interleaves them makes no difference.
#include "engine/audio/other_streams.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <new>
#include <string_view>

#include "index/base/hash.h"

namespace echofold {
namespace {

constexpr std::uint32_t time_code_tag = MKTAG('t', 'm', 'c', 'd');

/// In MP4, chapter titles are a track of their own.
bool is_chapter_track(const AVFormatContext& format, const AVCodecParameters& parameters) {
  const std::string_view container = format.iformat->name;
  return container.starts_with("mov") && format.nb_chapters > 0 &&
         parameters.codec_type == AVMEDIA_TYPE_DATA && parameters.codec_id == AV_CODEC_ID_BIN_DATA;
}

/// The counter for this kind of stream; null for what a listener does not miss.
std::uint16_t FileContents::*kind_of(const AVFormatContext& format, const AVStream& stream) {
  const AVCodecParameters& parameters = *stream.codecpar;
  if ((stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0)
    return nullptr;
  switch (parameters.codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      return &FileContents::video_streams;
    case AVMEDIA_TYPE_AUDIO:
      return &FileContents::audio_streams;
    case AVMEDIA_TYPE_SUBTITLE:
    case AVMEDIA_TYPE_DATA:
    case AVMEDIA_TYPE_ATTACHMENT:
      if (parameters.codec_tag == time_code_tag || is_chapter_track(format, parameters)) return nullptr;
      return &FileContents::other_streams;
    default:
      return nullptr;
  }
}

std::int64_t milliseconds(std::int64_t time, AVRational base) {
  return time == AV_NOPTS_VALUE ? time : av_rescale_q(time, base, {1, 1000});
}

struct OtherStream {
  const AVStream* stream;
  std::uint16_t FileContents::*count;
  StreamHash packets;
  std::uint64_t packet_count = 0;

  OtherStream(const AVStream& of, std::uint16_t FileContents::*kind, std::uint64_t seed)
      : stream(&of), count(kind), packets(seed) {}

  void add(const AVPacket& packet) noexcept {
    ++packet_count;
    packets.add(packet.data, static_cast<std::size_t>(std::max(packet.size, 0)));
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_SUBTITLE) return;
    packets.add_number(milliseconds(packet.pts, stream->time_base));  // subtitles include their times
    packets.add_number(milliseconds(packet.duration, stream->time_base));
  }

  /// One picture is not a moving one, and a stream without packets has no content.
  bool has_content() const noexcept {
    switch (stream->codecpar->codec_type) {
      case AVMEDIA_TYPE_VIDEO:
        return packet_count > 1;
      case AVMEDIA_TYPE_ATTACHMENT:
        return true;
      default:
        return packet_count > 0;
    }
  }
};

class OtherStreams {
 public:
  OtherStreams(Input& input, int audio_index, std::uint64_t seed) : input_(input), all_(seed) {
    const AVFormatContext& format = input.format();
    for (unsigned i = 0; i < format.nb_streams; ++i) {
      AVStream& stream = *format.streams[i];
      std::uint16_t FileContents::*kind = nullptr;
      if (static_cast<int>(i) != audio_index) kind = kind_of(format, stream);
      stream.discard = kind != nullptr ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
      if (kind != nullptr) streams_.emplace_back(stream, kind, seed);
    }
  }

  /// @return false if reading stopped before the end, or a part of the container could not be read
  bool read(bool all) {
    const av::Packet packet(av_packet_alloc());
    if (!packet) throw std::bad_alloc();
    while (input_.next(*packet)) {
      for (OtherStream& of : streams_)
        if (of.stream->index == packet->stream_index) of.add(*packet);
      if (!all && is_counted()) return false;
    }
    return input_.parts_skipped() == 0;
  }

  void put(FileContents& contents, bool whole) {
    bool any = false;
    for (const OtherStream& of : streams_) {
      if (!of.has_content()) continue;
      any = true;
      ++(contents.*of.count);
      const AVCodecParameters& parameters = *of.stream->codecpar;
      const char* codec = avcodec_get_name(parameters.codec_id);
      all_.add(codec, std::strlen(codec) + 1);
      all_.add(parameters.extradata, static_cast<std::size_t>(std::max(parameters.extradata_size, 0)));
      const Hash128 packets = of.packets.digest();
      all_.add_number(packets.high);
      all_.add_number(packets.low);
    }
    if (any && whole) contents.streams = all_.digest();
  }

 private:
  bool is_counted() const {
    return std::all_of(streams_.begin(), streams_.end(),
                       [](const OtherStream& of) { return of.has_content(); });
  }

  Input& input_;
  std::deque<OtherStream> streams_;  // a deque: hashes cannot be moved
  StreamHash all_;
};

bool has_others(const Input& input) {
  const AVFormatContext& format = input.format();
  for (unsigned i = 0; i < format.nb_streams; ++i)
    if (static_cast<int>(i) != input.stream_index() && kind_of(format, *format.streams[i]) != nullptr)
      return true;
  return false;
}

}  // namespace

FileContents read_other_streams(const Input& input, int fd, std::string_view extension, bool all,
                                std::uint64_t seed, const std::stop_token& stop) {
  FileContents contents;
  contents.known = true;
  if (!has_others(input)) return contents;
  Input again(fd, extension, stop, Input::AllStreams{});
  OtherStreams streams(again, input.stream_index(), seed);
  const bool whole = streams.read(all);
  streams.put(contents, whole);
  return contents;
}

}  // namespace echofold
