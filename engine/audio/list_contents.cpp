// Opens the file, lists what the container says, and decodes.
#include "engine/audio/list_contents.h"

#include <new>
#include <string>

#include "engine/audio/input.h"
#include "index/base/error.h"
#include "index/base/hash.h"

namespace echofold {
namespace {

constexpr std::size_t longest_value_bytes = 512;
constexpr std::size_t most_facts = 20'000;

std::string hash_text(const StreamHash& hash) {
  const Hash128 digest = hash.digest();
  return std::to_string(digest.high) + "." + std::to_string(digest.low);
}

std::string hash_text(const void* bytes, std::size_t count) {
  StreamHash hash;
  hash.add(bytes, count);
  return std::to_string(count) + "#" + hash_text(hash);
}

class Listing {
 public:
  explicit Listing(std::vector<ListedFact>& facts) : facts_(facts) {}

  void add(const std::string& name, const std::string& value) {
    if (facts_.size() >= most_facts)
      throw Error(Fault::unsupported, "it holds more metadata than can be compared");
    facts_.push_back(
        {name, value.size() <= longest_value_bytes ? value : hash_text(value.data(), value.size())});
  }
  template <class Number>
  void add_number(const std::string& name, Number value) {
    add(name, std::to_string(value));
  }

  void add_tags(const std::string& prefix, const AVDictionary* tags) {
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(tags, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr)
      add(prefix + "tag " + entry->key, entry->value);
  }

  void add_stream(const AVStream& stream) {
    const bool picture = (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    const std::string prefix = picture ? "picture " + std::to_string(pictures_++) + " "
                                       : "stream " + std::to_string(streams_++) + " ";
    const AVCodecParameters& codec = *stream.codecpar;
    add(prefix + "codec", avcodec_get_name(codec.codec_id));
    add_number(prefix + "disposition", stream.disposition);
    add(prefix + "time base",
        std::to_string(stream.time_base.num) + "/" + std::to_string(stream.time_base.den));
    add_number(prefix + "start", stream.start_time);
    if (picture)
      add(prefix + "hash",
          hash_text(stream.attached_pic.data, static_cast<std::size_t>(stream.attached_pic.size)));
    add_tags(prefix, stream.metadata);
  }

  void add_container(const AVFormatContext& format) {
    add("container", format.iformat->name);
    add_tags("", format.metadata);
    for (unsigned i = 0; i < format.nb_streams; ++i) add_stream(*format.streams[i]);
    for (unsigned i = 0; i < format.nb_chapters; ++i) {
      const AVChapter& chapter = *format.chapters[i];
      const std::string prefix = "chapter " + std::to_string(i) + " ";
      add_number(prefix + "start", chapter.start);
      add_number(prefix + "end", chapter.end);
      add(prefix + "time base",
          std::to_string(chapter.time_base.num) + "/" + std::to_string(chapter.time_base.den));
      add_tags(prefix, chapter.metadata);
    }
  }

 private:
  std::vector<ListedFact>& facts_;
  unsigned streams_ = 0, pictures_ = 0;
};

/// Decodes the whole stream.
class Samples {
 public:
  explicit Samples(Input& input) : input_(input), packet_(av_packet_alloc()), frame_(av_frame_alloc()) {
    codec_.reset(avcodec_alloc_context3(&input.decoder()));
    if (!codec_ || !packet_ || !frame_) throw std::bad_alloc();
    if (avcodec_parameters_to_context(codec_.get(), input.stream().codecpar) < 0)
      throw Error(Fault::unsupported, "its decoder does not start");
    codec_->thread_count = 1;
    codec_->pkt_timebase = input.stream().time_base;
    if (avcodec_open2(codec_.get(), &input.decoder(), nullptr) < 0)
      throw Error(Fault::unsupported, "its decoder does not start");
  }

  void list(Listing& listing) {
    while (input_.next(*packet_)) {
      if (packets_++ == 0) first_pts_ = packet_->pts;
      send(packet_.get());
    }
    send(nullptr);
    if (samples_ == 0) throw Error(Fault::unsupported, "none of its audio can be decoded");
    listing.add_number("audio packets", packets_);
    listing.add_number("audio start", first_pts_);
    listing.add_number("audio samples", samples_);
    listing.add("audio hash", hash_text(hash_));
    listing.add_number("audio errors", errors_);
  }

 private:
  void send(const AVPacket* packet) {
    if (avcodec_send_packet(codec_.get(), packet) < 0) ++errors_;
    for (;;) {
      const int result = avcodec_receive_frame(codec_.get(), frame_.get());
      if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
      if (result < 0) {
        ++errors_;
        return;
      }
      hash_frame();
    }
  }

  void hash_frame() {
    const auto format = static_cast<AVSampleFormat>(frame_->format);
    const int channels = frame_->ch_layout.nb_channels;
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    const auto bytes = static_cast<std::size_t>(frame_->nb_samples) *
                       static_cast<std::size_t>(av_get_bytes_per_sample(format)) *
                       static_cast<std::size_t>(planar ? 1 : channels);
    for (int plane = 0; plane < (planar ? channels : 1); ++plane)
      hash_.add(frame_->extended_data[plane], bytes);
    for (const int number : {frame_->format, frame_->sample_rate, channels}) hash_.add_number(number);
    samples_ += static_cast<std::uint64_t>(frame_->nb_samples);
  }

  Input& input_;
  av::Codec codec_;
  av::Packet packet_;
  av::Frame frame_;
  StreamHash hash_;
  std::int64_t first_pts_ = 0;
  std::uint64_t packets_ = 0, samples_ = 0, errors_ = 0;
};

void list(Input& input, Listing& listing) {
  Samples(input).list(listing);
  listing.add_container(input.format());
}

}  // namespace

std::vector<ListedFact> list_contents(int fd, std::string_view extension, const std::stop_token& stop) {
  std::vector<ListedFact> facts;
  Listing listing(facts);
  try {
    Input input(fd, extension, stop, Input::WholeFile{});
    list(input, listing);
  } catch (const Error& error) {
    if (error.fault() != Fault::unsupported) throw;
    facts.clear();
    listing.add("read", "without the tags around it");
    Input input(fd, extension, stop);
    list(input, listing);
  }
  return facts;
}

}  // namespace echofold
