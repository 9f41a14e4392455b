// GET /api/peaks/FILE, /api/spectrogram/FILE and /api/window/FILE.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

#include "index/model/record.h"
#include "tools/review/media_cache.h"
#include "tools/review/review_state.h"
#include "tools/review/web_http.h"

namespace echofold {

/// Computes a part of a file that is as its record says. @throws Error Fault::changed, and as Jail::media()
using MediaReader =
    std::function<Media(const TrackRecord& track, const MediaRequest& request, const std::stop_token& stop)>;

struct MediaLimits {
  std::size_t cache_bytes = std::size_t{96} << 20;
  std::size_t at_once = 2;   ///< decoded at the same time
  std::size_t waiting = 10;  ///< with those; beyond: 429. Below the number of threads that answer
};

/// What the page asks for twice is computed once. Thread-safe.
class MediaSource {
 public:
  MediaSource(const ReviewState& state, MediaReader reader, const MediaLimits& limits, std::stop_token stop);

  /// @param file  its id. @throws WebError 400, 404, 429; Error of the reader
  std::shared_ptr<const Media> get(TrackId file, const MediaRequest& request);

 private:
  const ReviewState& state_;
  MediaReader reader_;
  MediaLimits limits_;
  std::stop_token stop_;
  MediaCache cache_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t waiting_ = 0, running_ = 0;
};

/// @param source  must outlive the router
void add_media_routes(WebRouter& router, MediaSource& source);

/// The header of a WAV file with 16-bit samples, 44 bytes.
std::string wav_header(std::uint32_t rate_hz, std::uint32_t channels, std::uint32_t sample_bytes);

/// A plain decimal number of a query: "12", "0.5", "-3". @throws WebError 400 for anything else
double number_value(std::string_view query, std::string_view name);

}  // namespace echofold
