// See web_media.h.
#include "tools/review/web_media.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "tools/review/web_files.h"
#include "tools/review/web_head.h"

namespace echofold {
namespace {

/// The same request about the same file, as it is now.
std::string key_of(const TrackRecord& track, const MediaRequest& request) {
  return fmt::format("{} {} {} {} {} {} {} {}", track.id, track.stamp.size_bytes, track.stamp.mtime_ns,
                     static_cast<int>(request.kind), request.from_s, request.length_s, request.columns,
                     request.rate_hz);
}

/// Counts a waiting request for as long as it lives.
class Place {
 public:
  Place(std::mutex& mutex, std::condition_variable& changed, std::size_t& count)
      : mutex_(mutex), changed_(changed), count_(count) {}
  ~Place() {
    {
      const std::lock_guard lock(mutex_);
      --count_;
    }
    changed_.notify_all();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::mutex& mutex_;
  std::condition_variable& changed_;
  std::size_t& count_;
};

WebReply binary_reply(std::string bytes, const char* type,
                      std::vector<std::pair<std::string, std::string>> headers) {
  headers.emplace_back("Cache-Control", "no-store");
  return {200, type, std::move(bytes), std::move(headers)};
}

std::string decimal(double value) { return fmt::format("{:.6f}", value); }

WebReply peaks_reply(MediaSource& source, TrackId file, const std::string& query) {
  MediaRequest request{.kind = MediaKind::peaks, .columns = default_peak_columns};
  if (!query_value(query, "columns").empty()) {
    const double columns = number_value(query, "columns");
    if (columns < 1 || columns > most_peak_columns || columns != std::floor(columns))
      throw WebError(400, fmt::format("there may be 1 to {} columns", most_peak_columns));
    request.columns = static_cast<std::uint32_t>(columns);
  }
  const auto media = source.get(file, request);
  return binary_reply(
      media->bytes, "application/octet-stream",
      {{"X-Duration", decimal(media->duration_s)}, {"X-Columns", std::to_string(media->columns)}});
}

WebReply spectrogram_reply(MediaSource& source, TrackId file, const std::string& query) {
  const auto media = source.get(file, {.kind = MediaKind::spectrogram,
                                       .from_s = number_value(query, "from"),
                                       .length_s = number_value(query, "length")});
  return binary_reply(
      media->bytes, "application/octet-stream",
      {{"X-Columns", std::to_string(media->columns)}, {"X-Rows", std::to_string(spectrogram_rows)}});
}

WebReply window_reply(MediaSource& source, TrackId file, const std::string& query) {
  const double rate_hz = number_value(query, "rate");
  if (rate_hz < least_window_hz || rate_hz > most_window_hz || rate_hz != std::floor(rate_hz))
    throw WebError(400, fmt::format("the rate may be {} to {} Hz", least_window_hz, most_window_hz));
  const MediaRequest request{.kind = MediaKind::window,
                             .from_s = number_value(query, "from"),
                             .length_s = number_value(query, "length"),
                             .rate_hz = static_cast<std::uint32_t>(rate_hz)};
  const auto media = source.get(file, request);
  std::vector<std::pair<std::string, std::string>> headers = {{"X-Start", decimal(media->start_s)}};
  if (media->loudness != no_loudness)
    headers.emplace_back("X-Loudness", fmt::format("{:.2f}", media->loudness));
  return binary_reply(
      wav_header(request.rate_hz, media->channels, static_cast<std::uint32_t>(media->bytes.size())) +
          media->bytes,
      "audio/wav", std::move(headers));
}

}  // namespace

double number_value(std::string_view query, std::string_view name) {
  const std::string_view text = query_value(query, name);
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    throw WebError(400, fmt::format("\"{}\" is not a number", name));
  return value;
}

std::string wav_header(std::uint32_t rate_hz, std::uint32_t channels, std::uint32_t sample_bytes) {
  std::string out;
  const auto number = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  };
  constexpr std::uint32_t rest_of_header = 36, format_bytes = 16, pcm = 1, bits = 16;
  const std::uint32_t frame_bytes = channels * bits / 8;
  out += "RIFF";
  number(rest_of_header + sample_bytes, 4);
  out += "WAVEfmt ";
  number(format_bytes, 4);
  number(pcm, 2);
  number(channels, 2);
  number(rate_hz, 4);
  number(rate_hz * frame_bytes, 4);
  number(frame_bytes, 2);
  number(bits, 2);
  out += "data";
  number(sample_bytes, 4);
  return out;
}

MediaSource::MediaSource(const ReviewState& state, MediaReader reader, const MediaLimits& limits,
                         std::stop_token stop)
    : state_(state),
      reader_(std::move(reader)),
      limits_(limits),
      stop_(std::move(stop)),
      cache_(limits.cache_bytes) {}

std::shared_ptr<const Media> MediaSource::get(TrackId file, const MediaRequest& request) {
  if (!is_valid(request)) throw WebError(400, "there is no such part of a file");
  const TrackRecord track = state_.track(file);
  if (track.place != TrackPlace::present) throw WebError(404, "there is no file to listen to");
  const std::string key = key_of(track, request);
  if (auto media = cache_.find(key)) return media;
  std::unique_lock lock(mutex_);
  if (waiting_ >= limits_.waiting) throw WebError(429, "too much is being computed: try again in a moment");
  ++waiting_;
  const Place waits(mutex_, changed_, waiting_);
  while (running_ >= limits_.at_once) changed_.wait(lock);
  ++running_;
  lock.unlock();
  const Place runs(mutex_, changed_, running_);
  if (auto media = cache_.find(key)) return media;  // it was computed in the meantime
  auto media = std::make_shared<const Media>(reader_(track, request, stop_));
  cache_.put(key, media);
  return media;
}

void add_media_routes(WebRouter& router, MediaSource& source) {
  const auto add = [&](const char* pattern, auto reply) {
    router.get(pattern, [&source, reply](const WebRequest& request, const PathParts& parts) {
      return reply(source, id_of(parts.at(0)), request.head.query);
    });
  };
  add("/api/peaks/([0-9]{1,20})", peaks_reply);
  add("/api/spectrogram/([0-9]{1,20})", spectrogram_reply);
  add("/api/window/([0-9]{1,20})", window_reply);
}

}  // namespace echofold
