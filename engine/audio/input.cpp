// Opens a file with all features of libav disabled that an audio file does not need.
#include "engine/audio/input.h"

#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "engine/audio/byte_view.h"
#include "engine/audio/chunk_sizes.h"
#include "engine/audio/encryption.h"
#include "engine/audio/ogg_end.h"
#include "engine/audio/outer_tags.h"
#include "index/base/error.h"

namespace echofold {
namespace {

// No playlists (hls, concat, ...), no image or text readers, nothing that follows a reference.
constexpr const char* audio_demuxers =
    "mp3,flac,ogg,mov,wav,w64,aiff,aac,asf,ape,wv,tta,matroska,dsf,iff,mpc,mpc8";

constexpr int max_streams = 64;
// libav's default, and therefore fpcalc's: the same stream is chosen
constexpr std::int64_t probe_bytes = 5'000'000;
constexpr std::int64_t analyze_us = 5'000'000;
constexpr unsigned probe_format_bytes = 1 << 20;
constexpr std::size_t max_block_bytes = std::size_t{256} << 20;  // for one packet, picture or index
constexpr unsigned max_failures_in_a_row = 64;

void set_up_libav() {
  static std::once_flag once;
  std::call_once(once, [] {
    av_log_set_level(AV_LOG_QUIET);  // errors are returned as numbers
    av_max_alloc(max_block_bytes);   // a length field in a damaged file must not exhaust memory
  });
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

int stop_wanted(void* source) { return static_cast<const FdSource*>(source)->stopped() ? 1 : 0; }

Error not_audio(const std::string& why) { return {Fault::unsupported, "it can't be read as audio: " + why}; }

/// libav takes the hint from the extension of a name.
std::string name_hint(std::string_view extension) {
  constexpr std::size_t longest = 8;
  std::string hint = "audio.";
  for (const char c : extension.substr(0, longest))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) hint += c;
  return hint;
}

const AVInputFormat* recognise(AVIOContext* io, const std::string& hint) {
  const AVInputFormat* found = nullptr;
  const int score = av_probe_input_buffer2(io, &found, hint.c_str(), nullptr, 0, probe_format_bytes);
  if (score < 0) throw not_audio(av::reason(score));
  if (av_match_list(found->name, audio_demuxers, ',') <= 0)
    throw Error(Fault::unsupported,
                std::string("echofold does not read files of this format: ") + found->name);
  return found;
}

/// Containers of which libav reads an APE tag. They state how much audio they have, so what follows does no harm.
bool takes_ape(std::string_view container) {
  return container == "tta" || container == "ape" || container == "wv" || container.starts_with("mpc");
}

/// Containers of which libav reads an ID3v2 tag, with its pictures and chapters.
bool takes_id3v2(std::string_view container) {
  return container == "mp3" || container == "aac" || container == "tta";
}

av::Options limits() {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", audio_demuxers, 0);
  av_dict_set(&options, "protocol_whitelist", "", 0);
  av_dict_set_int(&options, "probesize", probe_bytes, 0);
  av_dict_set_int(&options, "analyzeduration", analyze_us, 0);
  av_dict_set_int(&options, "max_streams", max_streams, 0);
  return av::Options(options);
}

}  // namespace

Input::Input(int fd, std::string_view extension, std::stop_token stop)
    : source_(std::make_unique<FdSource>(fd, std::move(stop))) {
  set_up(extension, true);
}

Input::Input(int fd, std::string_view extension, std::stop_token stop, WholeFile)
    : whole_file_(true), source_(std::make_unique<FdSource>(fd, std::move(stop))) {
  set_up(extension, true);
}

Input::Input(int fd, std::string_view extension, std::stop_token stop, AllStreams)
    : source_(std::make_unique<FdSource>(fd, std::move(stop))) {
  set_up(extension, false);
}

void Input::set_up(std::string_view extension, bool choose) {
  set_up_libav();
  if (source_->size_bytes() == 0) throw Error(Fault::unsupported, "the file is empty");
  try {
    open(extension);
    if (choose) choose_stream();
    if (choose && is_encrypted(*source_, *format_, stream_index_))
      throw Error(Fault::unsupported, "it is encrypted (DRM)");
  } catch (const Error&) {
    source_->check();  // a failed read or a stop is the cause, not the error that libav made of it
    throw;
  }
}

const AVInputFormat* Input::find_container(const std::string& hint) {
  if (whole_file_) {
    const AVInputFormat* container = recognise(make_av_io(*source_).get(), hint);
    source_->seek(0);
    return container;
  }
  const FdSource file = *source_;
  const Span span = without_outer_tags(file);
  source_->show(span.begin, span.end);
  const AVInputFormat* container = recognise(make_av_io(*source_).get(), hint);
  read_lengths(container->name);
  const bool with_id3v2 = takes_id3v2(container->name);
  const bool with_ape = takes_ape(container->name);
  if (with_id3v2 || with_ape) {
    *source_ = file;
    source_->show(with_id3v2 ? span.id3v2 : span.begin, with_ape ? file.size_bytes() : span.end);
  }
  source_->seek(0);
  return container;
}

/// Corrects lengths before libav uses them.
void Input::read_lengths(std::string_view container) {
  if (container == "mp3") {
    mpeg_counts_ = read_mpeg_counts(*source_, 0);
  } else if (container == "ogg") {
    const OggEnd end = find_ogg_end(*source_);
    source_->show(0, end.end);
    if (end.cut) stored_length_.extent = Extent::cut;
  } else if (container == "wav" || container == "w64" || container == "aiff") {
    stored_length_ = correct_chunk_sizes(*source_);
  } else {
    stored_length_ = read_stored_length(*source_);
  }
}

void Input::open(std::string_view extension) {
  const std::string hint = name_hint(extension);
  const AVInputFormat* demuxer = find_container(hint);
  io_ = make_av_io(*source_);
  AVFormatContext* format = avformat_alloc_context();
  if (format == nullptr) throw std::bad_alloc();
  format->pb = io_.get();
  format->io_open = refuse_to_open;
  format->interrupt_callback = {stop_wanted, source_.get()};
  av::Options options = limits();
  AVDictionary* raw_options = options.release();
  const int result = avformat_open_input(&format, hint.c_str(), demuxer, &raw_options);
  // options that libav did not use; on failure the context has been freed already
  options.reset(raw_options);
  if (result < 0 && lacks_mp4_index(*source_))
    throw not_audio("it ends before its index (moov), which is at the end: it was cut, or never finished");
  if (result < 0) throw not_audio(av::reason(result == AVERROR(EINVAL) ? AVERROR_INVALIDDATA : result));
  format_.reset(format);
}

void Input::choose_stream() {
  // Packets of cover art and video are neither queued nor decoded to find their properties.
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (format_->streams[i]->codecpar->codec_type != AVMEDIA_TYPE_AUDIO)
      format_->streams[i]->discard = AVDISCARD_ALL;
  int result = avformat_find_stream_info(format_.get(), nullptr);
  source_->check();
  if (result < 0) throw not_audio(av::reason(result));

  result = av_find_best_stream(format_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &decoder_, 0);
  if (result == AVERROR_DECODER_NOT_FOUND) throw Error(Fault::unsupported, "no decoder for its audio stream");
  if (result < 0 || decoder_ == nullptr) throw Error(Fault::unsupported, "no audio stream");
  stream_index_ = result;
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (static_cast<int>(i) != stream_index_) format_->streams[i]->discard = AVDISCARD_ALL;
}

bool Input::next(AVPacket& packet) {
  for (unsigned failures = 0; failures < max_failures_in_a_row;) {
    av_packet_unref(&packet);
    const int result = av_read_frame(format_.get(), &packet);
    source_->check();
    if (result == AVERROR_EOF) return false;
    if (result < 0) {
      ++failures;
      ++parts_skipped_;
    } else if (stream_index_ < 0 || packet.stream_index == stream_index_) {
      return true;
    }
  }
  return false;  // nothing but damage from here on
}

}  // namespace echofold
