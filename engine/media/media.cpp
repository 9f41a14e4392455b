// See media.h.
#include "engine/media/media.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/media/media_parts.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr double latest_s = 7 * 24 * 60 * 60.0;  ///< far beyond what any music has

bool within(double least, double most, double value) noexcept { return value >= least && value <= most; }

}  // namespace

bool is_valid(const MediaRequest& request) noexcept {
  const bool has_place = within(0, latest_s, request.from_s);
  switch (request.kind) {
    case MediaKind::peaks:
      return request.columns >= 1 && request.columns <= most_peak_columns;
    case MediaKind::spectrogram:
      return has_place && within(0.1, longest_spectrogram_s, request.length_s);
    case MediaKind::window:
      return has_place && within(shortest_window_s, longest_window_s, request.length_s) &&
             request.rate_hz >= least_window_hz && request.rate_hz <= most_window_hz;
  }
  return false;
}

bool is_answer_to(const Media& media, const MediaRequest& request) noexcept {
  if (!within(0, latest_s, media.duration_s) || !within(0, latest_s, media.start_s) ||
      !within(no_loudness, 100, media.loudness))
    return false;
  switch (request.kind) {
    case MediaKind::peaks:
      return media.columns <= request.columns && media.bytes.size() == std::size_t{2} * media.columns;
    case MediaKind::spectrogram:
      return media.columns <= most_spectrogram_columns &&
             media.bytes.size() == std::size_t{spectrogram_rows} * media.columns;
    case MediaKind::window: {
      if (media.channels != 1 && media.channels != 2) return false;
      const std::size_t frame_bytes = std::size_t{2} * media.channels;
      const auto most = static_cast<std::size_t>(std::ceil(request.length_s * request.rate_hz)) + 1;
      return media.bytes.size() % frame_bytes == 0 && media.bytes.size() / frame_bytes <= most;
    }
  }
  return false;
}

Media read_media(int fd, std::string_view extension, const MediaRequest& request, std::stop_token stop) {
  if (!is_valid(request)) throw Error(Fault::usage, "there is no such part of a file");
  StereoReader reader(fd, extension, std::move(stop));
  switch (request.kind) {
    case MediaKind::peaks:
      return peaks_of(reader, request.columns);
    case MediaKind::spectrogram:
      return spectrogram_of(reader, request.from_s, request.length_s);
    case MediaKind::window:
      break;
  }
  return window_of(reader, request);
}

}  // namespace echofold
